#include "observe/otlp_sender.h"

#include <algorithm>

#include "base/log.h"
#include "base/utf8.h"
#include "observe/metric_table.h"
#include "observe/otlp_json.h"

namespace ntsp::observe {
namespace {

constexpr size_t kShownReply = 200;

const char* NameOf(DropReason reason) {
  switch (reason) {
    case DropReason::kQueueFull:
      return "queue-full";
    case DropReason::kUndelivered:
      return "undelivered";
    case DropReason::kRejected:
      return "rejected";
    case DropReason::kRefused:
      return "refused";
    case DropReason::kShutdown:
      return "shutdown";
  }
  return "";
}

Labels SignalLabels(Signal signal) {
  return {{"signal", std::string(NamesOf(signal).name)}};
}

std::string Why(const HttpReply& reply) {
  if (reply.status == 0) return reply.error;
  std::string why = "HTTP status " + std::to_string(reply.status);
  if (!reply.body.empty()) why.append(": ").append(CutUtf8(reply.body, kShownReply));
  return why;
}

}  // namespace

OtlpSeries::OtlpSeries(Metrics& metrics, Signal signal)
    : sent_(metrics.GetCounter(metric::kOtlpSent, SignalLabels(signal))),
      failures_(metrics.GetCounter(metric::kOtlpFailures, SignalLabels(signal))),
      retries_(metrics.GetCounter(metric::kOtlpRetries, SignalLabels(signal))),
      seconds_(metrics.GetHistogram(metric::kOtlpSeconds, {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30},
                                    SignalLabels(signal))) {
  for (size_t i = 0; i < dropped_.size(); ++i) {
    Labels labels = SignalLabels(signal);
    labels["reason"] = NameOf(static_cast<DropReason>(i));
    dropped_[i] = &metrics.GetCounter(metric::kOtlpDropped, labels);
  }
}

void OtlpSeries::Dropped(DropReason reason, size_t items) {
  dropped_[static_cast<size_t>(reason)]->Add(static_cast<double>(items));
}

void OtlpSeries::Posted(Duration took, bool delivered) {
  seconds_.Observe(std::chrono::duration<double>(took).count());
  if (!delivered) failures_.Add();
}

OtlpSender::OtlpSender(Options options, std::shared_ptr<OtlpSource> source, std::unique_ptr<HttpPost> http,
                       Metrics& metrics, OtlpTrouble& trouble)
    : options_(options),
      source_(std::move(source)),
      http_(std::move(http)),
      trouble_(trouble),
      series_(metrics, options.signal),
      gzip_(options.gzip) {
  thread_ = std::thread([this] { Run(); });
}

OtlpSender::~OtlpSender() {
  if (!Stopping()) Stop(clock_.Now());
  Join();
}

void OtlpSender::Stop(Instant deadline) {
  const std::lock_guard lock(mutex_);
  deadline_ = deadline.time_since_epoch().count();
  wake_.notify_all();
}

void OtlpSender::Join() {
  if (thread_.joinable()) thread_.join();
}

void OtlpSender::Run() {
  while (Sleep(options_.interval)) Turn();
  Turn();
}

void OtlpSender::Turn() {
  for (bool more = true; more;) {
    const auto batch = source_->Next();
    if (!batch) return;
    more = batch->more;
    Settle(*batch);
  }
}

// Until the batch is sent or dropped.
void OtlpSender::Settle(const OtlpBatch& batch) {
  const Instant began = clock_.Now();
  const std::string& where = http_->shown_url();
  while (!TimeIsUp()) {
    const bool last_try = Stopping();
    const HttpReply reply = Post(batch);
    switch (Judge(reply, gzip_)) {
      case Outcome::kDelivered:
        return Delivered(batch, reply);
      case Outcome::kPlain:
        gzip_ = false;
        continue;
      case Outcome::kRejected:
        trouble_.Rejected(options_.signal, where, Why(reply));
        return series_.Dropped(DropReason::kRejected, batch.items);
      case Outcome::kRefused:
        trouble_.Refused(options_.signal, where, Why(reply));
        series_.Dropped(DropReason::kRefused, batch.items);
        hopeless_ = !Sleep(options_.retry.refused_wait);
        return;
      case Outcome::kRetry:
        break;
    }
    hopeless_ = last_try;
    if (last_try) break;
    trouble_.Failing(options_.signal, where, Why(reply));
    const Duration wait = WaitAfter(++failures_, reply, options_.retry, random_);
    const bool give_up = clock_.Now() + wait - began > options_.give_up_after;
    if (give_up) series_.Dropped(DropReason::kUndelivered, batch.items);
    Sleep(wait);
    if (give_up) return;
  }
  series_.Dropped(DropReason::kShutdown, batch.items);
}

HttpReply OtlpSender::Post(const OtlpBatch& batch) {
  const Instant began = clock_.Now();
  if (failures_ > 0) series_.Retried();
  HttpReply reply = http_->Send(batch.body, gzip_, [this] { return TimeIsUp(); });
  series_.Posted(clock_.Now() - began, reply.status >= 200 && reply.status < 300);
  return reply;
}

void OtlpSender::Delivered(const OtlpBatch& batch, const HttpReply& reply) {
  failures_ = 0;
  trouble_.Delivered(options_.signal);
  const size_t rejected = std::min<size_t>(RejectedItems(options_.signal, reply.body), batch.items);
  series_.Sent(batch.items - rejected);
  if (rejected == 0) return;
  series_.Dropped(DropReason::kRejected, rejected);
  trouble_.Rejected(options_.signal, http_->shown_url(), Why(reply));
}

bool OtlpSender::Sleep(Duration time) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, time, [this] { return Stopping(); });
  return !Stopping();
}

bool OtlpSender::TimeIsUp() const {
  return hopeless_ || clock_.Now().time_since_epoch().count() >= deadline_;
}

}  // namespace ntsp::observe
