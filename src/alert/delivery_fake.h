// A delivery for tests: keeps what it was given, and fails on request. Thread-safe.
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "alert/delivery.h"

namespace ntsp::alert {

class FakeDelivery : public Delivery {
 public:
  Result<void> Send(const Notification& notification) override {
    const std::lock_guard lock(mutex_);
    ++attempts_;
    if (failure_) return Failure(*failure_);
    sent_.push_back(notification);
    return {};
  }

  void FailWith(ErrorKind kind) {
    const std::lock_guard lock(mutex_);
    failure_ = Error{kind, "refused by the test"};
  }
  void Heal() {
    const std::lock_guard lock(mutex_);
    failure_.reset();
  }
  std::vector<Notification> sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  int attempts() const {
    const std::lock_guard lock(mutex_);
    return attempts_;
  }

 private:
  mutable std::mutex mutex_;
  std::optional<Error> failure_;
  std::vector<Notification> sent_;
  int attempts_ = 0;
};

}  // namespace ntsp::alert
