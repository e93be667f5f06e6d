// A hash index over things that live elsewhere and are known by number: it holds hashes and numbers, and asks
// its caller whether two things are equal. Clearing costs nothing, so that one index serves message after
// message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ntsp::normalize {

class HashIndex {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  void Clear() {
    count_ = 0;
    if (++epoch_ != 0) return;
    slots_.clear();  // after 2^32 messages
    epoch_ = 1;
  }

  // The number with this hash for which `is_equal(number)`, or kNone.
  template <typename IsEqual>
  uint32_t Find(size_t hash, IsEqual is_equal) const {
    if (slots_.empty()) return kNone;
    for (size_t i = hash & Mask(); slots_[i].epoch == epoch_; i = (i + 1) & Mask()) {
      if (slots_[i].hash == hash && is_equal(slots_[i].number)) return slots_[i].number;
    }
    return kNone;
  }

  // REQUIRES: Find(hash, …) gave kNone.
  void Insert(size_t hash, uint32_t number) {
    if (2 * (count_ + 1) > slots_.size()) Grow();
    Put({hash, number, epoch_});
    ++count_;
  }

 private:
  struct Slot {
    size_t hash = 0;
    uint32_t number = 0;
    uint32_t epoch = 0;  // the slot is empty unless it is the index's
  };

  size_t Mask() const { return slots_.size() - 1; }

  void Put(Slot slot) {
    size_t i = slot.hash & Mask();
    while (slots_[i].epoch == epoch_) i = (i + 1) & Mask();
    slots_[i] = slot;
  }

  void Grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.epoch == epoch_) Put(slot);
    }
  }

  std::vector<Slot> slots_;
  size_t count_ = 0;
  uint32_t epoch_ = 1;
};

}  // namespace ntsp::normalize
