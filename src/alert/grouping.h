// Turns a storm of alerts into few notifications: the first of a fingerprint (kind and scope) at once; then,
// at the end of each window, one summary if there was more; after a quiet window, and when nothing lasts any
// more, one "recovered", and the next of that fingerprint is a first one again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "alert/alert.h"
#include "alert/notification.h"
#include "base/clock.h"

namespace ntsp::alert {

// Pure but for its own state; not thread-safe. Its memory is bounded: kMaxKinds conversations of a few kB
// each.
class Grouping {
 public:
  static constexpr size_t kMaxKinds = 256;

  // The two clocks at one moment. `now` never goes back.
  struct Moment {
    Instant now;
    Timestamp wall;
  };

  explicit Grouping(Duration window) : window_(window) {}

  // Takes an alert. Gives the notification to send at once, if it is the first of its fingerprint. An alert
  // of one fingerprint too many (a programmer's error: they are a fixed set) is not taken: `*taken` tells.
  std::optional<Notification> Add(Alert alert, Moment moment, bool* taken);

  // What is due at `now`. Windows that passed unnoticed count as one.
  std::vector<Notification> Tick(Instant now);

  // When Tick will have something to do; nothing if no conversation is open.
  std::optional<Instant> NextDue() const;

  // Of each open conversation its latest words, with count and first time of the whole.
  std::vector<Notification> Open() const;

  // What the windows hold that was not yet told, before the program ends. All conversations are over then.
  std::vector<Notification> Flush();

 private:
  struct Conversation {
    Instant window_end;
    bool more = false;     // the window holds something that was not told
    Notification window;   // this window's alerts
    uint64_t open = 0;     // begun and not ended
    uint64_t count = 0;    // of all windows
    Timestamp first_time;  // of all windows
  };

  void End(const Alert& alert, const std::string& fingerprint);
  static void Merge(Notification& window, Alert alert, Timestamp wall);
  static Notification Recovered(const Conversation& conversation);
  static void NextWindow(Conversation& conversation);

  const Duration window_;
  std::map<std::string, Conversation> conversations_;  // by fingerprint
};

}  // namespace ntsp::alert
