// How many notifications an hour people get at most. What is beyond it goes to the log only, and one notice
// says so; another one, at the end of the hour, how many they were.
#pragma once

#include <cstdint>
#include <optional>

#include "alert/notification.h"
#include "base/clock.h"

namespace ntsp::alert {

// Pure but for its own state; not thread-safe. An hour begins with the first notification after the last one.
class HourlyCap {
 public:
  static constexpr Duration kHour = std::chrono::hours(1);

  // 0: there is no limit. The last quarter is kept for critical ones: a chatty warning must not hide them.
  explicit HourlyCap(uint64_t most) : most_(most) {}

  // Whether it may be delivered. `now` never goes back.
  bool Admit(const Notification& notification, Instant now);

  // What people should hear of the cap itself, once each: that it bites (firing), and when the hour is over
  // how many were withheld (recovered).
  std::optional<Notification> Notice(Instant now, Timestamp wall);

  // When Notice will have something to say; nothing if nothing was withheld.
  std::optional<Instant> NextDue() const;

 private:
  std::optional<Notification> EndHour(Instant now, Timestamp wall);

  const uint64_t most_;
  Instant hour_end_;
  uint64_t admitted_ = 0;  // in this hour
  uint64_t withheld_ = 0;  // since the last "recovered"
  bool told_ = false;
  Notification notice_;  // the last "firing"
};

}  // namespace ntsp::alert
