// Notifications that wait for their delivery, with back-off while it fails.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "alert/delivery.h"
#include "alert/notification.h"
#include "base/clock.h"
#include "observe/metrics.h"

namespace ntsp::alert {

// Counts an alert or a notification that will not be delivered.
void CountLost(observe::Metrics& metrics, const char* reason, double count = 1);

// Not thread-safe. Holds at most kCapacity: beyond that the oldest summary gives way (the next one says much
// the same), else the oldest of all. Each that is lost is counted with its reason.
class Outbox {
 public:
  static constexpr size_t kCapacity = 100;
  static constexpr Duration kFirstPause = std::chrono::seconds(1);
  static constexpr Duration kLongestPause = std::chrono::seconds(60);

  // Both must outlive it.
  Outbox(Delivery& delivery, observe::Metrics& metrics);

  void Push(Notification notification);

  enum class Outcome { kNothingDue, kSent, kFailed };
  // Tries the oldest one, unless it is still to wait. One call is at most one Send, which may take seconds.
  Outcome SendOne(Instant now);

  // When SendOne has something to do; nothing if it is empty.
  std::optional<Instant> NextDue() const;
  // The next SendOne tries at once: for the last moments of the program.
  void StopWaiting() { not_before_ = Instant(); }
  bool empty() const { return waiting_.empty(); }
  // Counts what is left as lost.
  void Abandon();
  // What the last failed delivery said; empty after a good one.
  const std::string& trouble() const { return trouble_; }

 private:
  Outcome OnFailure(const Error& error, Instant now);

  Delivery& delivery_;
  observe::Metrics& metrics_;
  void ShowWaiting();

  const SystemClock clock_;
  observe::Counter& failures_;
  observe::Counter& retries_;
  observe::Gauge& waiting_gauge_;
  observe::Histogram& seconds_;
  bool repeats_ = false;  // the front one has failed before
  std::deque<Notification> waiting_;
  Instant not_before_;
  Duration pause_ = kFirstPause;
  std::string trouble_;
};

}  // namespace ntsp::alert
