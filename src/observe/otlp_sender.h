// Sends one signal, on a thread of its own, so that a receiver that is away or hangs holds up neither the
// other signals nor anybody else.
//   every interval: batch after batch → post → judge → (wait, again) → counted as sent or dropped
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

#include "base/clock.h"
#include "observe/http_post.h"
#include "observe/metrics.h"
#include "observe/otlp_retry.h"
#include "observe/otlp_signal.h"
#include "observe/otlp_source.h"
#include "observe/otlp_trouble.h"

namespace ntsp::observe {

enum class DropReason { kQueueFull, kUndelivered, kRejected, kRefused, kShutdown };

// What became of the items of a signal. Thread-safe; `metrics` must outlive it.
class OtlpSeries {
 public:
  OtlpSeries(Metrics& metrics, Signal signal);

  void Sent(size_t items) { sent_.Add(static_cast<double>(items)); }
  void Dropped(DropReason reason, size_t items);
  void Posted(Duration took, bool delivered);
  void Retried() { retries_.Add(); }

 private:
  Counter& sent_;
  Counter& failures_;
  Counter& retries_;
  Histogram& seconds_;
  std::array<Counter*, 5> dropped_;  // by DropReason
};

class OtlpSender {
 public:
  struct Options {
    Signal signal = Signal::kLogs;
    Duration interval = std::chrono::seconds(1);
    Duration give_up_after = std::chrono::minutes(5);  // with one batch
    bool gzip = true;
    RetryPolicy retry;
  };

  // Starts. What is given by reference must outlive it.
  OtlpSender(Options options, std::shared_ptr<OtlpSource> source, std::unique_ptr<HttpPost> http,
             Metrics& metrics, OtlpTrouble& trouble);
  // Stops at once, if that was not done, and joins.
  ~OtlpSender();

  // Thread-safe, returns at once: what is there is sent until `deadline`, and given up at the first failure;
  // what is left is counted as dropped.
  void Stop(Instant deadline);
  // Waits for the end: at most about a second beyond the deadline.
  void Join();

 private:
  void Run();
  void Turn();
  void Settle(const OtlpBatch& batch);
  HttpReply Post(const OtlpBatch& batch);
  void Delivered(const OtlpBatch& batch, const HttpReply& reply);
  // False: the sender is to stop.
  bool Sleep(Duration time);
  bool Stopping() const { return deadline_ != INT64_MAX; }
  bool TimeIsUp() const;

  const Options options_;
  const SystemClock clock_;
  const std::shared_ptr<OtlpSource> source_;
  const std::unique_ptr<HttpPost> http_;
  OtlpTrouble& trouble_;
  OtlpSeries series_;

  // Of the sender's thread.
  bool gzip_;
  bool hopeless_ = false;  // a try failed while stopping
  int failures_ = 0;       // in a row
  std::minstd_rand random_{std::random_device{}()};

  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<int64_t> deadline_ = INT64_MAX;  // of the stop; ticks of Instant
  std::thread thread_;
};

}  // namespace ntsp::observe
