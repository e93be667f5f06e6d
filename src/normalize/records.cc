#include "normalize/records.h"

#include <algorithm>
#include <unordered_map>

namespace ntsp::normalize {
namespace {

// A rare message of thousands of records must not keep its memory: a Record is 700 bytes.
constexpr size_t kKeptRows = 4096;
constexpr size_t kFewExtras = 16;

void CopyCells(const Record& from, Record& to) {
  ForEachColumn(from, [&](ColumnIndex c) { to.cells[c] = from.cells[c]; });
  to.present |= from.present;
}

}  // namespace

void Records::Clear() {
  // While messages of that size go on, it is needed again.
  if (rows_.size() > kKeptRows && size_ < rows_.size() / 8) *this = Records();
  size_ = 0;
  pending_.clear();
  extras_.clear();
  arena_.Clear();
  unreadable_leaves_ = 0;
}

void Records::Reserve(uint32_t count) {
  const size_t needed = size_ + size_t{count};
  if (needed <= rows_.size()) return;
  const size_t grown = std::max({needed, 2 * rows_.size(), size_t{32}});
  rows_.resize(grown);
  lists_.resize(grown);
}

Record& Records::Add(Table table) {
  Reserve(1);
  lists_[size_] = {};
  rows_[size_].Reset(table);
  return rows_[size_++];
}

void Records::AddExtra(uint32_t i, Extra extra) {
  const auto at = static_cast<uint32_t>(pending_.size());
  pending_.push_back({extra, kNone});
  List& list = lists_[i];
  (list.first == kNone ? list.first : pending_[list.last].next) = at;
  list.last = at;
}

void Records::BackTo(Mark mark) {
  size_ = mark.rows;
  pending_.resize(mark.extras);
  unreadable_leaves_ = mark.unreadable_leaves;
}

void Records::Merge(const Records& other, uint32_t from, uint32_t to) {
  CopyCells(other.rows_[from], rows_[to]);
  for (uint32_t i = other.lists_[from].first; i != kNone; i = other.pending_[i].next) {
    const Extra extra = other.pending_[i].extra;
    AddExtra(to, extra);
  }
}

void Records::Move(uint32_t from, uint32_t to) {
  rows_[to].Reset(rows_[from].table);
  CopyCells(rows_[from], rows_[to]);
  lists_[to] = lists_[from];
}

void Records::Finish() {
  // Spans into extras_ are given out below: it must not grow meanwhile.
  extras_.reserve(pending_.size());
  for (uint32_t i = 0; i < size_ && !pending_.empty(); ++i) {
    if (!HasExtra(i)) continue;
    const size_t first = extras_.size();
    Collect(lists_[i]);
    rows_[i].SetExtra(std::span(extras_).subspan(first));
  }
}

void Records::Collect(const List& list) {
  const size_t first = extras_.size();
  for (uint32_t i = list.first; i != kNone; i = pending_[i].next) {
    const Extra& extra = pending_[i].extra;
    if (extras_.size() - first > kFewExtras) {
      extras_.push_back(extra);
      continue;
    }
    const auto same = std::find_if(extras_.begin() + static_cast<ptrdiff_t>(first), extras_.end(),
                                   [&](const Extra& e) { return e.name == extra.name; });
    if (same == extras_.end()) {
      extras_.push_back(extra);
    } else {
      same->text = extra.text;
    }
  }
  if (extras_.size() - first > kFewExtras) CollectMany(first);
}

// Looking through all names for each name would take for ever on an object of a hundred thousand leaves.
void Records::CollectMany(size_t first) {
  std::unordered_map<std::string_view, size_t> places;
  size_t kept = first;
  for (size_t i = first; i < extras_.size(); ++i) {
    const auto [place, is_new] = places.try_emplace(extras_[i].name, kept);
    extras_[place->second] = extras_[i];
    if (is_new) ++kept;
  }
  extras_.resize(kept);
}

}  // namespace ntsp::normalize
