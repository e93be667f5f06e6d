// A line of text that one thread writes and others show.
#pragma once

#include <mutex>
#include <string>
#include <utility>

namespace ntsp {

// Thread-safe.
class SharedText {
 public:
  void Set(std::string text) {
    const std::lock_guard lock(mutex_);
    text_ = std::move(text);
  }
  std::string Get() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;  // guarded by mutex_
};

}  // namespace ntsp
