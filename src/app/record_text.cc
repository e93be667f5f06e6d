#include "app/record_text.h"

#include <fmt/format.h>

namespace ntsp::app {

std::string CellText(const Record& record, ColumnIndex c) {
  switch (Columns(record.table)[c].type) {
    case ColumnType::kText:
      return std::string(record.Text(c));
    case ColumnType::kUint:
      return std::to_string(record.Number(c));
    case ColumnType::kDouble:
      return fmt::format("{}", record.Real(c));
    case ColumnType::kBool:
      return record.Number(c) != 0 ? "true" : "false";
    case ColumnType::kTime:
      return ToText(record.Time(c));
    case ColumnType::kMap:
      break;
  }
  return "";
}

std::string RecordLabel(const Record& record) {
  const auto cell = [&record](std::string_view column) {
    const ColumnIndex c = FindColumn(record.table, column);
    return c != kNoColumn && record.Has(c) ? CellText(record, c) : std::string();
  };
  std::string label(TableName(record.table));
  switch (record.table) {
    case Table::kNode:
      label += " " + cell("node_name");
      break;
    case Table::kAddress:
      label += fmt::format(" {} of interface", cell("address_ip_prefix"));
      [[fallthrough]];
    case Table::kInterface:
      label += " " + cell("interface_name");
      if (const std::string index = cell("subinterface_index"); !index.empty()) {
        label += " subinterface " + index;
      }
      break;
  }
  return label;
}

}  // namespace ntsp::app
