// A record: one row of one table. It borrows its texts; what they live in is said by whoever made the record.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/time.h"
#include "model/column.h"

namespace ntsp {

// A leaf without a column of its own. `text` is text as it is, numbers as they were written, nested values as
// JSON.
struct Extra {
  std::string_view name;
  std::string_view text;

  auto operator<=>(const Extra&) const = default;
};

// The value of one column. Which member counts is the column's type; `time` of kTime, `number` of kUint and
// kBool.
union Cell {
  std::string_view text;
  uint64_t number;
  double real;
  Timestamp time;

  Cell() : number(0) {}
};

// Trivially copyable. Cells whose bit in `present` is not set hold nothing that may be read.
struct Record {
  Table table = Table::kNode;
  uint64_t present = 0;
  Cell cells[kMaxColumns];
  std::span<const Extra> extra;  // the value of column::kExtra

  bool Has(ColumnIndex c) const { return (present >> c & 1) != 0; }
  void Set(ColumnIndex c, std::string_view text) { Cells(c).text = text; }
  void Set(ColumnIndex c, uint64_t number) { Cells(c).number = number; }
  void Set(ColumnIndex c, double real) { Cells(c).real = real; }
  void Set(ColumnIndex c, Timestamp time) { Cells(c).time = time; }
  void SetExtra(std::span<const Extra> leaves) {
    extra = leaves;
    Cells(column::kExtra).number = leaves.size();
  }
  void Remove(ColumnIndex c) { present &= ~(uint64_t{1} << c); }

  // REQUIRES: Has(c), and that the column's type is the asked one.
  std::string_view Text(ColumnIndex c) const { return cells[c].text; }
  uint64_t Number(ColumnIndex c) const { return cells[c].number; }
  double Real(ColumnIndex c) const { return cells[c].real; }
  Timestamp Time(ColumnIndex c) const { return cells[c].time; }

  // Empties the record for another row of `table`; cheap: no cell is touched.
  void Reset(Table row_of) {
    table = row_of;
    present = 0;
    extra = {};
  }

 private:
  Cell& Cells(ColumnIndex c) {
    present |= uint64_t{1} << c;
    return cells[c];
  }
};

// Calls `visit(ColumnIndex)` for each column that the record has, in the order of the table; only for those
// whose bit in `columns` is set.
template <typename Visit>
void ForEachColumn(const Record& record, Visit visit, uint64_t columns = ~uint64_t{0}) {
  for (uint64_t left = record.present & columns; left != 0; left &= left - 1) {
    visit(static_cast<ColumnIndex>(std::countr_zero(left)));
  }
}

// Whether both have the same of the columns whose bit in `columns` is set, with the same values. REQUIRES:
// one table, or common columns.
bool SameColumns(const Record& a, const Record& b, uint64_t columns);
// Same table, same columns, same values; extra in the same order.
bool SameRow(const Record& a, const Record& b);

}  // namespace ntsp
