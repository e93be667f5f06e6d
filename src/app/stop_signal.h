// SIGTERM and SIGINT: the first asks the program to stop, the second ends it at once with exit code 1.
#pragma once

#include <chrono>

namespace ntsp::app {

// At most one at a time: signals belong to the process. While it lives SIGPIPE is ignored, so that a reader
// that went away is an error like any other.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // Thread-safe.
  bool Asked() const;
  // Returns Asked(), at the latest after `wait`.
  bool WaitFor(std::chrono::milliseconds wait) const;
};

}  // namespace ntsp::app
