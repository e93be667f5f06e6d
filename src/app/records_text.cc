#include "app/records_text.h"

#include <fmt/format.h>

#include "model/column.h"

namespace ntsp::app {
namespace {

constexpr std::string_view TypeName(ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return "text";
    case ColumnType::kUint:
      return "uint64";
    case ColumnType::kDouble:
      return "double";
    case ColumnType::kBool:
      return "bool";
    case ColumnType::kTime:
      return "time";
    case ColumnType::kMap:
      return "map text to text";
  }
  return "";
}

std::string ColumnList(std::span<const Column> columns) {
  std::string text = "| column | type | always there | meaning |\n| --- | --- | --- | --- |\n";
  for (const Column& column : columns) {
    text += fmt::format("| {} | {} | {} | {} |\n", column.name, TypeName(column.type),
                        column.required ? "yes" : "", column.doc);
  }
  return text;
}

}  // namespace

std::string RecordsMarkdown() {
  std::string text = "## All tables\n\n" + ColumnList(Columns(Table::kNode).first(column::kCommonCount));
  for (const Table table : kTables) {
    text += fmt::format("\n## {}\n\n{}", TableName(table),
                        ColumnList(Columns(table).subspan(column::kCommonCount)));
  }
  return text;
}

}  // namespace ntsp::app
