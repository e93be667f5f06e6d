#include "observe/kafka_series.h"

#include <gtest/gtest.h>

namespace ntsp::observe {
namespace {

TEST(KafkaSeries, counters_go_on_when_the_client_is_made_anew) {
  Metrics metrics;
  KafkaSeries series(metrics, "normalize", "producer", 0);
  kafka::ClientStatistics now;
  now.bytes_out = 100;
  now.queue_bytes = 7;
  series.Show(now);
  now.bytes_out = 150;
  series.Show(now);
  now.bytes_out = 30;
  now.queue_bytes = 0;
  series.Show(now);
  EXPECT_EQ(metrics.Sum("ntsp_kafka_wire_bytes_total", {{"direction", "out"}}), 180);
  EXPECT_EQ(metrics.Sum("ntsp_kafka_queue_bytes", {{"stage", "normalize"}, {"client", "producer"}}), 0);
}

}  // namespace
}  // namespace ntsp::observe
