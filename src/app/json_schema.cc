#include "app/json_schema.h"

#include <vector>

#include "base/json_text.h"
#include "model/column.h"

namespace ntsp::app {
namespace {

constexpr std::string_view kTimePattern = R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$)";

std::string ColumnSchema(ColumnIndex c, const Column& column) {
  JsonObject schema;
  switch (column.type) {
    case ColumnType::kText:
      schema.Text("type", "string");
      if (c == column::kBatchId) schema.Text("format", "uuid");
      break;
    case ColumnType::kUint:
      schema.Text("type", "integer").Number("minimum", 0).Number("maximum", UINT64_MAX);
      break;
    case ColumnType::kDouble:
      schema.Text("type", "number");
      break;
    case ColumnType::kBool:
      schema.Text("type", "boolean");
      break;
    case ColumnType::kTime:
      schema.Text("type", "string").Text("format", "date-time").Text("pattern", kTimePattern);
      break;
    case ColumnType::kMap:
      schema.Text("type", "object").Raw("additionalProperties", R"({"type":"string"})");
      break;
  }
  return schema.Text("description", column.doc).Finish();
}

// One column a line.
std::string TableSchema(Table table) {
  std::string properties;
  std::vector<std::string_view> required;
  for (size_t i = 0; i < Columns(table).size(); ++i) {
    const Column& column = Columns(table)[i];
    properties += properties.empty() ? "{\n" : ",\n";
    AppendJsonString(properties, column.name);
    properties += ":" + ColumnSchema(static_cast<ColumnIndex>(i), column);
    if (column.required) required.push_back(column.name);
  }
  return JsonObject()
      .Text("type", "object")
      .Texts("required", required)
      .Flag("additionalProperties", false)
      .Raw("properties", properties + "}")
      .Finish();
}

}  // namespace

std::string JsonSchema() {
  std::string tables, references;
  for (const Table table : kTables) {
    const std::string name(TableName(table));
    tables += (tables.empty() ? "{\n\"" : ",\n\"") + name + "\":" + TableSchema(table);
    references += (references.empty() ? "[" : ",") + JsonObject().Text("$ref", "#/$defs/" + name).Finish();
  }
  return JsonObject()
             .Text("$schema", "https://json-schema.org/draft/2020-12/schema")
             .Text("title", "Records of ntsp")
             .Raw("anyOf", references + "]")
             .Raw("$defs", tables + "}")
             .Finish() +
         "\n";
}

}  // namespace ntsp::app
