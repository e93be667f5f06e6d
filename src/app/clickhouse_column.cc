#include "app/clickhouse_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ntsp::app {
namespace {

// Texts with about as many values as there are objects: a dictionary of them would only be in the way.
constexpr std::array<std::string_view, 7> kManyValues = {
    "serial_number",     "management_address", "description",     "mac_address",
    "address_ip_prefix", "ip_address",         "oper_down_reason"};

struct Narrow {
  std::string_view name;
  std::string_view type;
};

// What the normalizer makes itself, so that its range is known. Numbers of devices keep all 64 bits.
constexpr std::array<Narrow, 3> kNarrow = {
    {{"record_index", "UInt32"}, {"prefix_length", "UInt8"}, {"family", "UInt8"}}};

constexpr bool IsColumn(std::string_view name) {
  return std::any_of(kTables.begin(), kTables.end(),
                     [&](Table table) { return FindColumn(table, name) != kNoColumn; });
}
static_assert(std::all_of(kManyValues.begin(), kManyValues.end(), IsColumn));
static_assert(std::all_of(kNarrow.begin(), kNarrow.end(), [](const Narrow& n) { return IsColumn(n.name); }));

std::string TextType(ColumnIndex c, const Column& column) {
  if (c == column::kBatchId) return "UUID";
  const bool plain = std::find(kManyValues.begin(), kManyValues.end(), column.name) != kManyValues.end();
  const bool nullable = !column.required && c != column::kNamespace;
  const std::string_view inner = nullable ? "Nullable(String)" : "String";
  return plain ? std::string(inner) : fmt::format("LowCardinality({})", inner);
}

std::string Optional(const Column& column, std::string_view type) {
  return column.required ? std::string(type) : fmt::format("Nullable({})", type);
}

std::string_view UintType(const Column& column) {
  for (const Narrow& narrow : kNarrow) {
    if (narrow.name == column.name) return narrow.type;
  }
  return "UInt64";
}

}  // namespace

std::string ClickHouseType(Table table, ColumnIndex c) {
  const Column& column = Columns(table)[c];
  switch (column.type) {
    case ColumnType::kText:
      return TextType(c, column);
    case ColumnType::kUint:
      return Optional(column, UintType(column));
    case ColumnType::kDouble:
      return Optional(column, "Float64");
    case ColumnType::kBool:
      return "Bool";
    case ColumnType::kTime:
      return Optional(column, "DateTime64(6, 'UTC')");
    case ColumnType::kMap:
      return "Map(LowCardinality(String), String)";
  }
  return "";
}

// Rows of one object stand together in the order of time: what grows from one to the next is stored as
// differences.
std::string_view ClickHouseCodec(Table table, ColumnIndex c) {
  const Column& column = Columns(table)[c];
  const bool wide = column.type == ColumnType::kUint && UintType(column) == "UInt64";
  return wide || column.type == ColumnType::kTime ? " CODEC(Delta, ZSTD)" : "";
}

std::string ClickHouseText(std::string_view text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') literal += '\\';
    literal += c;
  }
  return literal + '\'';
}

}  // namespace ntsp::app
