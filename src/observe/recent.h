// The last few of something that happened, for people who come to look.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace ntsp::observe {

// Thread-safe. Holds at most `most` items: beyond that the oldest gives way.
template <typename Item>
class Recent {
 public:
  explicit Recent(size_t most) : most_(most) {}

  void Add(Item item) {
    const std::lock_guard lock(mutex_);
    if (items_.size() == most_) items_.pop_front();
    items_.push_back(std::move(item));
  }

  // The newest first.
  std::vector<Item> List() const {
    const std::lock_guard lock(mutex_);
    return {items_.rbegin(), items_.rend()};
  }

 private:
  const size_t most_;
  mutable std::mutex mutex_;
  std::deque<Item> items_;  // guarded by mutex_
};

}  // namespace ntsp::observe
