#include "archive/row_group.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <string>

namespace ntsp::archive {

namespace {

constexpr size_t kFirstRows = 16;

constexpr uint64_t Bit(size_t column) {
  return uint64_t{1} << column;
}

template <typename Visit>
void ForEachBit(uint64_t bits, Visit visit) {
  for (; bits != 0; bits &= bits - 1) visit(static_cast<ColumnIndex>(std::countr_zero(bits)));
}

uint64_t BitsOf(const Cell& cell) {
  static_assert(sizeof(cell.number) == sizeof(cell.real) && sizeof(cell.number) == sizeof(cell.time));
  uint64_t bits;
  std::memcpy(&bits, &cell, sizeof(bits));
  return bits;
}

// Stable: rows of the same rank stay in their order. `ranks[ids[row]]` is a row's rank.
std::vector<uint32_t> SortedByRank(const std::vector<uint32_t>& rows,
                                   const std::vector<TextDictionary::Id>& ids,
                                   const std::vector<uint32_t>& ranks) {
  std::vector<uint32_t> place(ranks.size() + 1);
  for (const uint32_t row : rows) ++place[ranks[ids[row]] + 1];
  std::partial_sum(place.begin(), place.end(), place.begin());
  std::vector<uint32_t> sorted(rows.size());
  for (const uint32_t row : rows) sorted[place[ranks[ids[row]]]++] = row;
  return sorted;
}

}  // namespace

size_t ExtraColumn::used_bytes() const {
  return (ends.size() + keys.size() + values.size()) * sizeof(uint32_t) + key_texts.used_bytes() +
         value_texts.used_bytes();
}

size_t ExtraColumn::memory_bytes() const {
  return (ends.capacity() + keys.capacity() + values.capacity()) * sizeof(uint32_t) +
         key_texts.memory_bytes() + value_texts.memory_bytes();
}

RowGroup::RowGroup(Table table) : table_(table), columns_(Columns(table).size()) {
  for (size_t c = 0; c < columns_.size(); ++c) {
    const Column& column = Columns(table)[c];
    if (column.required) required_ |= Bit(c);
    switch (column.type) {
      case ColumnType::kText:
        text_columns_ |= Bit(c);
        break;
      case ColumnType::kUint:
      case ColumnType::kDouble:
      case ColumnType::kBool:
      case ColumnType::kTime:
        number_columns_ |= Bit(c);
        break;
      case ColumnType::kMap:
        break;  // extra_
    }
  }
}

Result<void> RowGroup::Append(const Record& record) {
  if (const uint64_t missing = required_ & ~record.present; missing != 0) {
    return Reject("a record of table " + std::string(TableName(table_)) + " lacks the required column " +
                  std::string(Columns(table_)[std::countr_zero(missing)].name));
  }
  if (rows_ == capacity_) Grow();
  if (const uint64_t unseen = record.present & ~started_; unseen != 0) StartColumns(unseen);
  present_[rows_] = record.present;
  any_ |= record.present;
  all_ &= record.present;
  ForEachBit(record.present & number_columns_,
             [&](ColumnIndex c) { columns_[c].numbers[rows_] = BitsOf(record.cells[c]); });
  ForEachBit(record.present & text_columns_,
             [&](ColumnIndex c) { columns_[c].ids[rows_] = columns_[c].texts.Intern(record.Text(c)); });
  AppendExtra(record);
  ++rows_;
  return {};
}

void RowGroup::AppendExtra(const Record& record) {
  if (!Any(column::kExtra)) return;
  // Rows before the first one that has leaves get their empty ranges here.
  extra_.ends.resize(rows_, static_cast<uint32_t>(extra_.keys.size()));
  if (record.Has(column::kExtra)) {
    for (const Extra& leaf : record.extra) {
      extra_.keys.push_back(extra_.key_texts.Intern(leaf.name));
      extra_.values.push_back(extra_.value_texts.Intern(leaf.text));
    }
  }
  extra_.ends.push_back(static_cast<uint32_t>(extra_.keys.size()));
}

void RowGroup::Grow() {
  capacity_ = std::max(kFirstRows, capacity_ * 2);
  present_.resize(capacity_);
  const uint64_t started = started_;
  started_ = 0;
  StartColumns(started);
}

void RowGroup::StartColumns(uint64_t columns) {
  ForEachBit(columns & text_columns_, [&](ColumnIndex c) { columns_[c].ids.resize(capacity_); });
  ForEachBit(columns & number_columns_, [&](ColumnIndex c) { columns_[c].numbers.resize(capacity_); });
  started_ |= columns;
}

// By counting, last name first: rows come in the order of the log, so that their times seldom need sorting.
std::vector<uint32_t> RowGroup::SortedOrder() const {
  std::vector<uint32_t> order(rows_);
  std::iota(order.begin(), order.end(), 0u);
  const ColumnIndex interface = FindColumn(table_, "interface_name");
  if (interface != kNoColumn) order = SortedByRank(order, TextIds(interface), Texts(interface).Ranks());
  order = SortedByRank(order, TextIds(column::kNodeName), Texts(column::kNodeName).Ranks());
  SortByTime(order, interface);
  return order;
}

// REQUIRES: rows of one name stand together in `order`.
void RowGroup::SortByTime(std::vector<uint32_t>& order, ColumnIndex interface) const {
  const auto same_names = [&](uint32_t a, uint32_t b) {
    return TextIds(column::kNodeName)[a] == TextIds(column::kNodeName)[b] &&
           (interface == kNoColumn || TextIds(interface)[a] == TextIds(interface)[b]);
  };
  const auto earlier = [&](uint32_t a, uint32_t b) {
    const auto& times = Numbers(column::kTimestamp);
    return static_cast<int64_t>(times[a]) < static_cast<int64_t>(times[b]);
  };
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end =
        std::find_if_not(begin, order.end(), [&](uint32_t row) { return same_names(*begin, row); });
    if (!std::is_sorted(begin, end, earlier)) std::stable_sort(begin, end, earlier);
    begin = end;
  }
}

void RowGroup::Clear() {
  for (Values& values : columns_) values.texts.Clear();
  extra_.ends.clear();
  extra_.keys.clear();
  extra_.values.clear();
  extra_.key_texts.Clear();
  extra_.value_texts.Clear();
  rows_ = 0;
  any_ = 0;
  all_ = ~uint64_t{0};
}

size_t RowGroup::used_bytes() const {
  const size_t text_columns = static_cast<size_t>(std::popcount(any_ & text_columns_));
  const size_t number_columns = static_cast<size_t>(std::popcount(any_ & number_columns_));
  const size_t row = sizeof(uint64_t) * (1 + number_columns) + sizeof(TextDictionary::Id) * text_columns;
  size_t bytes = rows_ * row + extra_.used_bytes();
  ForEachBit(any_ & text_columns_, [&](ColumnIndex c) { bytes += columns_[c].texts.used_bytes(); });
  return bytes;
}

size_t RowGroup::memory_bytes() const {
  size_t bytes = sizeof(*this) + present_.capacity() * sizeof(uint64_t) + extra_.memory_bytes();
  for (const Values& values : columns_) {
    bytes += sizeof(values) + values.texts.memory_bytes() +
             values.ids.capacity() * sizeof(TextDictionary::Id) +
             values.numbers.capacity() * sizeof(uint64_t);
  }
  return bytes;
}

}  // namespace ntsp::archive
