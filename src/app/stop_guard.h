// Makes sure that stopping ends.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/clock.h"

namespace ntsp::app {

// Ends the process with kWatchdog, after a line in the log, if it lives for longer than `limit` (and a little
// grace). An end in the middle is always safe: the next start does again what was not committed.
class StopGuard {
 public:
  explicit StopGuard(Duration limit);
  ~StopGuard() = default;
  StopGuard(const StopGuard&) = delete;
  StopGuard& operator=(const StopGuard&) = delete;

 private:
  void Watch(const std::stop_token& over, Duration limit);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace ntsp::app
