// The records of one raw message, and what they cannot borrow from its Samples. Reused from message to
// message: once it has grown to their size, nothing is allocated. Belongs to one worker.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/arena.h"
#include "model/record.h"

namespace ntsp::normalize {

class Records {
 public:
  // In the order of record_index. Their texts live in the RawMessage, in the Samples and here: they are valid
  // until one of the three goes on to the next message.
  std::span<const Record> records() const { return {rows_.data(), size_}; }

  // Known leaves of these records whose value could not be read.
  uint64_t unreadable_leaves() const { return unreadable_leaves_; }

  void Clear();

  // What follows is for those who make the records.
  struct Mark {
    uint32_t rows;
    uint32_t extras;
    uint64_t unreadable_leaves;
  };

  Arena& arena() { return arena_; }
  uint32_t size() const { return size_; }
  Record& row(uint32_t i) { return rows_[i]; }
  bool HasExtra(uint32_t i) const { return lists_[i].first != kNone; }

  // References to rows stay valid while no more than `count` rows are added.
  void Reserve(uint32_t count);
  // An empty row at the end.
  Record& Add(Table table);
  // A leaf without a column, for row `i`. Of equal names in a row the last value counts.
  void AddExtra(uint32_t i, Extra extra);
  void CountUnreadable() { ++unreadable_leaves_; }

  Mark Here() const { return {size_, static_cast<uint32_t>(pending_.size()), unreadable_leaves_}; }
  // Takes back what was added since. REQUIRES: rows before it have got no extra leaves since.
  void BackTo(Mark mark);

  // Row `from` of `other` gives its columns and extra leaves to row `to`, whose own give way.
  void Merge(const Records& other, uint32_t from, uint32_t to);
  // Removes the rows for which `is_gone(row number)`; those behind them move up.
  template <typename IsGone>
  void Remove(uint32_t first, IsGone is_gone) {
    uint32_t kept = first;
    for (uint32_t i = first; i < size_; ++i) {
      if (is_gone(i)) continue;
      if (kept != i) Move(i, kept);
      ++kept;
    }
    size_ = kept;
  }

  // Gives the rows their extra leaves. After this only Clear.
  void Finish();

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  // The extra leaves of a row until Finish: a list in pending_, since rows are filled side by side.
  struct List {
    uint32_t first = kNone, last = kNone;
  };
  struct Pending {
    Extra extra;
    uint32_t next;
  };

  void Move(uint32_t from, uint32_t to);
  void Collect(const List& list);
  void CollectMany(size_t first);

  std::vector<Record> rows_;  // size_ of them count
  std::vector<List> lists_;   // one a row
  std::vector<Pending> pending_;
  std::vector<Extra> extras_;
  Arena arena_;
  uint32_t size_ = 0;
  uint64_t unreadable_leaves_ = 0;
};

}  // namespace ntsp::normalize
