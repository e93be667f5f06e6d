#include "observe/kafka_series.h"

#include "observe/metric_table.h"

namespace ntsp::observe {
namespace {

Labels With(Labels labels, const char* name, const char* value) {
  labels[name] = value;
  return labels;
}

Labels Of(const std::string& stage, const std::string& client, int worker) {
  return {{"stage", stage}, {"client", client}, {"worker", std::to_string(worker)}};
}

}  // namespace

KafkaSeries::KafkaSeries(Metrics& metrics, const std::string& stage, const std::string& client, int worker)
    : queue_bytes_(metrics.GetGauge(metric::kQueueBytes, Of(stage, client, worker))),
      queue_messages_(metrics.GetGauge(metric::kQueueMessages, Of(stage, client, worker))),
      round_trip_(metrics.GetGauge(metric::kRoundTrip, Of(stage, client, worker))),
      throttle_(metrics.GetGauge(metric::kThrottle, Of(stage, client, worker))),
      out_{metrics.GetCounter(metric::kWireBytes, With(Of(stage, client, worker), "direction", "out"))},
      in_{metrics.GetCounter(metric::kWireBytes, With(Of(stage, client, worker), "direction", "in"))},
      tx_errors_{metrics.GetCounter(metric::kRequestErrors, With(Of(stage, client, worker), "error", "tx"))},
      rx_errors_{metrics.GetCounter(metric::kRequestErrors, With(Of(stage, client, worker), "error", "rx"))},
      timeouts_{
          metrics.GetCounter(metric::kRequestErrors, With(Of(stage, client, worker), "error", "timeout"))},
      retries_{
          metrics.GetCounter(metric::kRequestErrors, With(Of(stage, client, worker), "error", "retry"))} {}

void KafkaSeries::Sum::Show(uint64_t now) {
  // A client that is new begins at 0.
  counter.Add(static_cast<double>(now >= last ? now - last : now));
  last = now;
}

void KafkaSeries::Show(const kafka::ClientStatistics& now) {
  queue_bytes_.Set(static_cast<double>(now.queue_bytes));
  queue_messages_.Set(static_cast<double>(now.queue_messages));
  round_trip_.Set(now.round_trip_seconds);
  throttle_.Set(now.throttle_seconds);
  const std::lock_guard lock(mutex_);
  out_.Show(now.bytes_out);
  in_.Show(now.bytes_in);
  tx_errors_.Show(now.tx_errors);
  rx_errors_.Show(now.rx_errors);
  timeouts_.Show(now.timeouts);
  retries_.Show(now.retries);
}

}  // namespace ntsp::observe
