// Where the program asks what time it is. Records never do: they are a function of the log alone.
#pragma once

#include <chrono>

#include "base/time.h"

namespace ntsp {

using Duration = std::chrono::nanoseconds;
// A moment for measuring intervals; it has no meaning as a date.
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;         // never goes back
  virtual Timestamp WallTime() const = 0;  // may jump
};

// Thread-safe.
class SystemClock : public Clock {
 public:
  Instant Now() const override { return std::chrono::steady_clock::now(); }
  Timestamp WallTime() const override {
    using namespace std::chrono;
    return {duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
  }
};

// For tests: stands still until told to move. Not thread-safe.
class FakeClock : public Clock {
 public:
  Instant Now() const override { return now_; }
  Timestamp WallTime() const override { return wall_; }
  void Advance(Duration by) {
    now_ += by;
    wall_.micros += std::chrono::duration_cast<std::chrono::microseconds>(by).count();
  }
  void SetWall(Timestamp wall) { wall_ = wall; }

 private:
  Instant now_{};
  Timestamp wall_{1'700'000'000'000'000};
};

}  // namespace ntsp
