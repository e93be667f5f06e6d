// A row group's columns as Arrow arrays, and the Arrow schema of a table: the one mapping of our types to
// Parquet's.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "archive/row_group.h"
#include "model/column.h"

namespace arrow {
class Array;
class Schema;
}  // namespace arrow

namespace ntsp::archive {

// kText utf8, kUint uint64, kDouble double, kBool boolean, kTime timestamp[us, UTC], kMap map<utf8, utf8>.
// Columns that are not required are nullable.
std::shared_ptr<arrow::Schema> ArrowSchema(Table table);

// Column `c` of the rows in `order`, a permutation of them. Texts come as a dictionary array, which Parquet's
// writer takes without hashing them again. The array borrows from `rows`, which must outlive it unchanged.
std::shared_ptr<arrow::Array> ArrowColumn(const RowGroup& rows, ColumnIndex c,
                                          std::span<const uint32_t> order);

}  // namespace ntsp::archive
