// For tests: what a record says beyond the common columns, as text that is easy to compare.
#pragma once

#include <map>
#include <string>

#include "model/record.h"

namespace ntsp::normalize {

using Row = std::map<std::string, std::string>;

inline std::string CellText(const Record& record, ColumnIndex c) {
  switch (Columns(record.table)[c].type) {
    case ColumnType::kText:
      return std::string(record.Text(c));
    case ColumnType::kUint:
      return std::to_string(record.Number(c));
    case ColumnType::kDouble:
      return std::to_string(record.Real(c));
    case ColumnType::kBool:
      return record.Number(c) != 0 ? "true" : "false";
    case ColumnType::kTime:
      return std::to_string(record.Time(c).micros);
    case ColumnType::kMap:
      break;
  }
  return "";
}

// "table", the columns of the table's own, "deleted", and "extra.<name>" for each extra leaf.
inline Row RowOf(const Record& record) {
  Row row = {{"table", std::string(TableName(record.table))}};
  ForEachColumn(record, [&](ColumnIndex c) {
    if (c >= column::kCommonCount || c == column::kDeleted) {
      row[std::string(Columns(record.table)[c].name)] = CellText(record, c);
    }
  });
  for (const Extra& extra : record.extra) row["extra." + std::string(extra.name)] = extra.text;
  return row;
}

// The value of one column by name; "" if the record does not have it.
inline std::string Get(const Record& record, std::string_view column) {
  const ColumnIndex c = FindColumn(record.table, column);
  return c != kNoColumn && record.Has(c) ? CellText(record, c) : "";
}

}  // namespace ntsp::normalize
