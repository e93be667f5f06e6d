// What librdkafka says of a client, as metrics.
#pragma once

#include <mutex>
#include <string>

#include "kafka/statistics.h"
#include "observe/metrics.h"

namespace ntsp::observe {

// The series of one client of one worker: a consumer or a producer, which may be made anew under the same
// name. Thread-safe; `metrics` must outlive it.
class KafkaSeries {
 public:
  KafkaSeries(Metrics& metrics, const std::string& stage, const std::string& client, int worker);

  void Show(const kafka::ClientStatistics& now);

 private:
  // A counter of ours from one that begins anew with each client.
  struct Sum {
    Counter& counter;
    uint64_t last = 0;

    void Show(uint64_t now);
  };

  Gauge& queue_bytes_;
  Gauge& queue_messages_;
  Gauge& round_trip_;
  Gauge& throttle_;
  std::mutex mutex_;
  // Guarded by mutex_.
  Sum out_, in_, tx_errors_, rx_errors_, timeouts_, retries_;
};

}  // namespace ntsp::observe
