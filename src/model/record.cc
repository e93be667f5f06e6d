#include "model/record.h"

#include <algorithm>

namespace ntsp {
namespace {

bool SameCell(const Record& a, const Record& b, ColumnIndex c, ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return a.Text(c) == b.Text(c);
    case ColumnType::kUint:
    case ColumnType::kBool:
      return a.Number(c) == b.Number(c);
    case ColumnType::kDouble:
      return a.Real(c) == b.Real(c);
    case ColumnType::kTime:
      return a.Time(c) == b.Time(c);
    case ColumnType::kMap:
      return std::ranges::equal(a.extra, b.extra);
  }
  return false;
}

}  // namespace

bool SameColumns(const Record& a, const Record& b, uint64_t columns) {
  if (((a.present ^ b.present) & columns) != 0) return false;
  const auto types = Columns(a.table);
  bool same = true;
  ForEachColumn(
      a, [&](ColumnIndex c) { same = same && SameCell(a, b, c, types[c].type); }, columns);
  return same;
}

bool SameRow(const Record& a, const Record& b) {
  return a.table == b.table && SameColumns(a, b, ~uint64_t{0});
}

}  // namespace ntsp
