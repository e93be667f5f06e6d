// Alerts in, notifications logged and delivered: all of alerting but the thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "alert/alert.h"
#include "alert/delivery.h"
#include "alert/grouping.h"
#include "alert/hourly_cap.h"
#include "alert/outbox.h"
#include "base/clock.h"
#include "observe/health.h"
#include "observe/metrics.h"

namespace ntsp::alert {

struct DispatcherOptions {
  Duration window = std::chrono::seconds(60);       // ALERT_WINDOW_S
  uint64_t max_per_hour = 60;                       // ALERT_MAX_PER_HOUR; 0: no limit
  std::string docs = std::string(kDocs);            // DOCS_URL
  std::string health_component = "alert-delivery";  // shown in the health report, informational
};

// Report and Open may be called by any thread; Report groups at once, so that a storm costs a counter and not
// a queue. Everything else belongs to one thread.
class Dispatcher {
 public:
  // `delivery` may be null: notifications are then only logged. The others must outlive it.
  Dispatcher(DispatcherOptions options, const Clock& clock, observe::Metrics& metrics,
             observe::Health& health, std::unique_ptr<Delivery> delivery);

  // Takes microseconds, whatever the delivery does. True if Step has something to do now.
  bool Report(Alert alert);

  // What goes on now: as Grouping::Open.
  std::vector<Notification> Open();

  // Logs what is due and tries to deliver the oldest notification that waits: at most one Send.
  void Step();
  // When to call Step again, if no Report says so before; nothing if nothing is open.
  std::optional<Instant> NextDue();

  // For the end of the program: what the open windows hold becomes due.
  void Flush();
  // Tries to deliver the oldest one without waiting for its turn. False if it failed.
  bool TryAgain();
  bool delivered_all() const { return !outbox_ || outbox_->empty(); }
  // What is left counts as lost.
  void Abandon();

 private:
  std::vector<Notification> TakeDue();
  void Announce(const Notification& notification);
  void Log(const Notification& notification);
  void Enqueue(const Notification& notification);
  void AnnounceCap();
  void ShowHealth();

  const DispatcherOptions options_;
  const Clock& clock_;
  observe::Metrics& metrics_;
  observe::Health& health_;

  std::mutex mutex_;
  // Guarded by mutex_.
  Grouping grouping_;
  std::vector<Notification> fresh_;

  // Of the one thread.
  LogDelivery log_;
  HourlyCap cap_;
  std::unique_ptr<Delivery> delivery_;
  std::unique_ptr<Outbox> outbox_;  // null without a delivery
};

}  // namespace ntsp::alert
