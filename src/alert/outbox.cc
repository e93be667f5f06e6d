#include "alert/outbox.h"

#include <algorithm>
#include <utility>

#include "alert/metric_table.h"
#include "base/log.h"

namespace ntsp::alert {

void CountLost(observe::Metrics& metrics, const char* reason, double count) {
  metrics.GetCounter(metric::kDropped, {{"reason", reason}}).Add(count);
}

Outbox::Outbox(Delivery& delivery, observe::Metrics& metrics)
    : delivery_(delivery),
      metrics_(metrics),
      failures_(metrics.GetCounter(metric::kFailures)),
      retries_(metrics.GetCounter(metric::kRetries)),
      waiting_gauge_(metrics.GetGauge(metric::kWaiting)),
      seconds_(metrics.GetHistogram(metric::kDeliverySeconds, {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30})) {}

void Outbox::Push(Notification notification) {
  if (waiting_.size() == kCapacity) {
    const auto is_summary = [](const Notification& n) { return n.state == State::kSummary; };
    const auto summary = std::find_if(waiting_.begin(), waiting_.end(), is_summary);
    waiting_.erase(summary == waiting_.end() ? waiting_.begin() : summary);
    CountLost(metrics_, "outbox-full");
  }
  waiting_.push_back(std::move(notification));
  ShowWaiting();
}

Outbox::Outcome Outbox::SendOne(Instant now) {
  if (waiting_.empty() || now < not_before_) return Outcome::kNothingDue;
  if (repeats_) retries_.Add();
  const Instant begin = clock_.Now();
  const Result<void> sent = delivery_.Send(waiting_.front());
  seconds_.Observe(std::chrono::duration<double>(clock_.Now() - begin).count());
  if (!sent) return OnFailure(sent.error(), now);
  waiting_.pop_front();
  repeats_ = false;
  ShowWaiting();
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
  repeats_ = retry;
  if (!retry) {
    waiting_.pop_front();
    ShowWaiting();
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
  ShowWaiting();
}

void Outbox::ShowWaiting() {
  waiting_gauge_.Set(static_cast<double>(waiting_.size()));
}

}  // namespace ntsp::alert
