// The path table: which leaf of which container fills which column, and by which rule. It is the only place
// that knows the models of vendors; a column is filled from a further leaf by one more row. The rows of a
// model stand in rows_<model>.cc; people add their own by a mapping file (mapping_file.h).
#pragma once

#include <span>
#include <string_view>

#include "model/column.h"
#include "normalize/rule.h"

namespace ntsp::normalize {

struct PathRow {
  std::string_view container;  // as Path::text; from the root of the device's model
  std::string_view leaf;       // '-' and '_' are one, case does not count
  Table table;
  ColumnIndex column;  // kNoColumn where the rule is kComponentName or kComponentType
  Rule rule;
  bool fallback = false;   // fills the column only where no other leaf does
  bool is_suffix = false;  // `container` may also be the end of a longer path
};

// The rows that ntsp knows by itself. Where two rows have the same container and leaf, the earlier one
// counts. Thread-safe.
std::span<const PathRow> BuiltinRows();

}  // namespace ntsp::normalize
