// The rows of a file that are not encoded yet, column by column. Texts are kept once and numbered, numbers
// take eight bytes, and a column that no row has takes nothing. Knows nothing of Parquet: parquet_columns.h
// makes arrays of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "archive/text_dictionary.h"
#include "base/result.h"
#include "model/record.h"

namespace ntsp::archive {

// The maps of `extra`. Row i has entries [ends[i - 1], ends[i]); `keys` and `values` are parallel.
struct ExtraColumn {
  std::vector<uint32_t> ends;
  std::vector<TextDictionary::Id> keys;
  std::vector<TextDictionary::Id> values;
  TextDictionary key_texts, value_texts;

  uint32_t Begin(size_t row) const { return row == 0 ? 0 : ends[row - 1]; }
  size_t used_bytes() const;
  size_t memory_bytes() const;
};

// Not thread-safe.
class RowGroup {
 public:
  explicit RowGroup(Table table);

  // Copies the row. kReject if a required column is absent. REQUIRES: record.table is the group's table.
  Result<void> Append(const Record& record);

  // The rows sorted by node_name, interface_name (if the table has it) and timestamp; equal rows stay in
  // order. Empty if they are in that order already.
  std::vector<uint32_t> SortedOrder() const;

  // Forgets the rows, keeps the memory.
  void Clear();

  Table table() const { return table_; }
  size_t rows() const { return rows_; }
  // What the rows take, and what is held for them and for rows to come.
  size_t used_bytes() const;
  size_t memory_bytes() const;

  // Does any row, does every row have the column?
  bool Any(ColumnIndex c) const { return (any_ >> c & 1) != 0; }
  bool All(ColumnIndex c) const { return (all_ >> c & 1) != 0; }
  bool Has(size_t row, ColumnIndex c) const { return (present_[row] >> c & 1) != 0; }

  // REQUIRES: Any(c). Values of rows that have none are undefined.
  const TextDictionary& Texts(ColumnIndex c) const { return columns_[c].texts; }
  const std::vector<TextDictionary::Id>& TextIds(ColumnIndex c) const { return columns_[c].ids; }
  // Of kUint, kTime, kBool and kDouble (its bits).
  const std::vector<uint64_t>& Numbers(ColumnIndex c) const { return columns_[c].numbers; }
  const ExtraColumn& extra() const { return extra_; }

 private:
  // Either ids or numbers is in use, with room for capacity_ rows once the column was seen.
  struct Values {
    TextDictionary texts;
    std::vector<TextDictionary::Id> ids;
    std::vector<uint64_t> numbers;
  };

  void Grow();
  void StartColumns(uint64_t columns);
  void AppendExtra(const Record& record);
  void SortByTime(std::vector<uint32_t>& order, ColumnIndex interface) const;

  const Table table_;
  uint64_t text_columns_ = 0, number_columns_ = 0, required_ = 0;

  size_t rows_ = 0;
  size_t capacity_ = 0;
  uint64_t any_ = 0, all_ = ~uint64_t{0};
  uint64_t started_ = 0;  // columns that have room
  std::vector<uint64_t> present_;
  std::vector<Values> columns_;
  ExtraColumn extra_;
};

}  // namespace ntsp::archive
