#include "alert/dispatcher.h"

#include <iterator>
#include <utility>

#include "alert/metric_table.h"

namespace ntsp::alert {

Dispatcher::Dispatcher(DispatcherOptions options, const Clock& clock, observe::Metrics& metrics,
                       observe::Health& health, std::unique_ptr<Delivery> delivery)
    : options_(std::move(options)),
      clock_(clock),
      metrics_(metrics),
      health_(health),
      grouping_(options_.window),
      log_(options_.docs),
      cap_(options_.max_per_hour),
      delivery_(std::move(delivery)) {
  if (!delivery_) return;
  outbox_ = std::make_unique<Outbox>(*delivery_, metrics_);
  health_.Register(options_.health_component, observe::Role::kInformational);
  health_.Set(options_.health_component, true, "nothing sent yet");
}

bool Dispatcher::Report(Alert alert) {
  bool taken = false;
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    auto notification = grouping_.Add(std::move(alert), {clock_.Now(), clock_.WallTime()}, &taken);
    first = notification.has_value();
    if (first) fresh_.push_back(*std::move(notification));
  }
  if (!taken) CountLost(metrics_, "too-many-kinds");
  return first;
}

std::vector<Notification> Dispatcher::Open() {
  const std::lock_guard lock(mutex_);
  return grouping_.Open();
}

std::vector<Notification> Dispatcher::TakeDue() {
  const std::lock_guard lock(mutex_);
  std::vector<Notification> due = std::exchange(fresh_, {});
  std::vector<Notification> ended = grouping_.Tick(clock_.Now());
  due.insert(due.end(), std::make_move_iterator(ended.begin()), std::make_move_iterator(ended.end()));
  return due;
}

void Dispatcher::Log(const Notification& notification) {
  metrics_
      .GetCounter(metric::kNotifications,
                  {{"kind", notification.kind}, {"state", std::string(Name(notification.state))}})
      .Add();
  (void)log_.Send(notification);  // never fails
}

void Dispatcher::Enqueue(const Notification& notification) {
  const Instant now = clock_.Now();
  if (cap_.Admit(notification, now)) {
    outbox_->Push(notification);
  } else {
    CountLost(metrics_, "cap");
  }
  AnnounceCap();
}

// What the cap itself has to say does not count against it.
void Dispatcher::AnnounceCap() {
  if (const auto notice = cap_.Notice(clock_.Now(), clock_.WallTime())) {
    Log(*notice);
    outbox_->Push(*notice);
  }
}

void Dispatcher::Announce(const Notification& notification) {
  Log(notification);
  if (outbox_) Enqueue(notification);
}

void Dispatcher::ShowHealth() {
  const std::string& trouble = outbox_->trouble();
  health_.Set(options_.health_component, trouble.empty(), trouble.empty() ? "delivered" : trouble);
}

void Dispatcher::Step() {
  for (const Notification& notification : TakeDue()) Announce(notification);
  if (outbox_) AnnounceCap();
  if (outbox_ && outbox_->SendOne(clock_.Now()) != Outbox::Outcome::kNothingDue) ShowHealth();
}

std::optional<Instant> Dispatcher::NextDue() {
  const std::lock_guard lock(mutex_);
  if (!fresh_.empty()) return clock_.Now();
  const auto earlier = [](std::optional<Instant> a, std::optional<Instant> b) {
    return a && b ? std::min(*a, *b) : a ? a : b;
  };
  const std::optional<Instant> made = earlier(grouping_.NextDue(), cap_.NextDue());
  return outbox_ ? earlier(made, outbox_->NextDue()) : made;
}

void Dispatcher::Flush() {
  const std::lock_guard lock(mutex_);
  std::vector<Notification> pending = grouping_.Flush();
  fresh_.insert(fresh_.end(), std::make_move_iterator(pending.begin()),
                std::make_move_iterator(pending.end()));
}

bool Dispatcher::TryAgain() {
  if (!outbox_) return true;
  outbox_->StopWaiting();
  const Outbox::Outcome outcome = outbox_->SendOne(clock_.Now());
  if (outcome != Outbox::Outcome::kNothingDue) ShowHealth();
  return outcome != Outbox::Outcome::kFailed;
}

void Dispatcher::Abandon() {
  if (outbox_) outbox_->Abandon();
}

}  // namespace ntsp::alert
