#include "alert/outbox.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace ntsp::alert {

void CountLost(observe::Metrics& metrics, const char* reason, double count) {
  metrics
      .GetCounter("ntsp_alert_dropped_total", "Alerts and notifications that were not delivered.",
                  {{"reason", reason}})
      .Add(count);
}

Outbox::Outbox(Delivery& delivery, observe::Metrics& metrics)
    : delivery_(delivery),
      metrics_(metrics),
      failures_(metrics.GetCounter("ntsp_alert_delivery_failures_total",
                                   "Attempts to deliver a notification that failed.")) {}

void Outbox::Push(Notification notification) {
  if (waiting_.size() == kCapacity) {
    const auto is_summary = [](const Notification& n) { return n.state == State::kSummary; };
    const auto summary = std::find_if(waiting_.begin(), waiting_.end(), is_summary);
    waiting_.erase(summary == waiting_.end() ? waiting_.begin() : summary);
    CountLost(metrics_, "outbox-full");
  }
  waiting_.push_back(std::move(notification));
}

Outbox::Outcome Outbox::SendOne(Instant now) {
  if (waiting_.empty() || now < not_before_) return Outcome::kNothingDue;
  const Result<void> sent = delivery_.Send(waiting_.front());
  if (!sent) return OnFailure(sent.error(), now);
  waiting_.pop_front();
  pause_ = kFirstPause;
  trouble_.clear();
  return Outcome::kSent;
}

Outbox::Outcome Outbox::OnFailure(const Error& error, Instant now) {
  failures_.Add();
  trouble_ = error.message;
  const bool retry = error.kind == ErrorKind::kRetry;
  log::Warn("alert-delivery-failed", error.message,
            {{"kind", waiting_.front().kind}, {"retry", retry}, {"waiting", waiting_.size()}});
  if (!retry) {
    waiting_.pop_front();
    CountLost(metrics_, "refused");
  }
  not_before_ = now + pause_;
  pause_ = std::min(pause_ * 2, kLongestPause);
  return Outcome::kFailed;
}

std::optional<Instant> Outbox::NextDue() const {
  if (waiting_.empty()) return std::nullopt;
  return not_before_;
}

void Outbox::Abandon() {
  if (waiting_.empty()) return;
  CountLost(metrics_, "shutdown", static_cast<double>(waiting_.size()));
  waiting_.clear();
}

}  // namespace ntsp::alert
