// Logs, spans and metrics over OTLP/HTTP, in JSON: to Logfire or any other receiver.
//
//   log::Write → tap ┐
//   Tracer::Ended ───┴→ encoded → bounded queue → sender (a thread a signal)
//   Metrics ────────────────── collected each interval ↗
//
// Who logs or ends a span pays for the encoding (some microseconds) and a short lock, never for the network:
// when the queue is full, what comes is dropped and counted.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "observe/http_post.h"
#include "observe/metrics.h"
#include "observe/otlp_queue.h"
#include "observe/otlp_sender.h"
#include "observe/span.h"

namespace ntsp::observe {

struct OtlpOptions {
  // Where each signal goes; empty: nowhere.
  std::string logs_url, traces_url, metrics_url;
  HttpHeaders headers;  // secret
  std::chrono::milliseconds timeout{10'000};
  std::string ca_file;  // PEM; empty: the system's
  bool gzip = true;     // until the receiver refuses it
  Attributes resource;
  std::string version;  // of the program
  Duration interval = std::chrono::seconds(1);
  Duration metric_interval = std::chrono::seconds(60);
  OtlpQueue::Limits queue;
  RetryPolicy retry;
};

// Thread-safe, but Stop belongs to one thread.
class OtlpExporter : public Tracer {
 public:
  // Takes the log's tap. `metrics` must outlive it, and every thread that logs. kStop if libcurl cannot
  // start.
  static Result<std::unique_ptr<OtlpExporter>> Start(const OtlpOptions& options, Metrics& metrics);
  // Stops at once, if that was not done.
  ~OtlpExporter() override;

  void Ended(const Span& span) override;

  // Sends what is there, and the last values of the metrics, for `limit` (and at most about a second more);
  // drops and counts the rest. Nothing is taken in afterwards.
  void Stop(Duration limit);

  // Brings the gauges up to date; to be called now and then.
  void Refresh() const;

  // What is wrong with the way to the receiver, for people; empty: nothing.
  std::string Trouble() const { return trouble_.Text(); }

 private:
  // A queue, and the counters of what does not get into it.
  struct Intake {
    std::shared_ptr<OtlpQueue> queue;
    OtlpSeries series;
    Gauge& bytes;

    void Take(std::string item) {
      if (!queue->Push(std::move(item))) series.Dropped(DropReason::kQueueFull, 1);
    }
  };

  OtlpExporter() = default;
  Result<void> StartSender(Signal signal, const OtlpOptions& options, std::shared_ptr<OtlpSource> source,
                           Metrics& metrics);
  Result<void> StartQueue(Signal signal, const OtlpOptions& options, Metrics& metrics,
                          std::shared_ptr<Intake>& intake);

  const SystemClock clock_{};
  OtlpTrouble trouble_;
  std::shared_ptr<Intake> logs_, spans_;
  std::vector<std::unique_ptr<OtlpSender>> senders_;
  bool stopped_ = false;
};

}  // namespace ntsp::observe
