#include "kafka/statistics.h"

#include <gmock/gmock.h>

#include "kafka/consumer.h"
#include "kafka/mock_cluster.h"

namespace ntsp::kafka {
namespace {

TEST(Statistics, takes_sums_over_brokers_and_partitions_and_the_worst_of_the_averages) {
  const auto found = ParseStatistics(R"({"name":"c","msg_cnt":2,"msg_size":70,"tx_bytes":900,"rx_bytes":5000,
    "brokers":{"a:9092/1":{"txerrs":1,"rxerrs":2,"req_timeouts":3,"txretries":4,"rtt":{"avg":1500},"throttle":{"avg":0}},
               "b:9092/2":{"txerrs":10,"rxerrs":20,"req_timeouts":30,"txretries":40,"rtt":{"avg":900},"throttle":{"avg":250}}},
    "topics":{"t":{"partitions":{"0":{"fetchq_cnt":5,"fetchq_size":100},"1":{"fetchq_cnt":6,"fetchq_size":200}}}}})");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->queue_messages, 13u);
  EXPECT_EQ(found->queue_bytes, 370u);
  EXPECT_EQ(found->bytes_out, 900u);
  EXPECT_EQ(found->bytes_in, 5000u);
  EXPECT_EQ(found->tx_errors, 11u);
  EXPECT_EQ(found->rx_errors, 22u);
  EXPECT_EQ(found->timeouts, 33u);
  EXPECT_EQ(found->retries, 44u);
  EXPECT_DOUBLE_EQ(found->round_trip_seconds, 0.0015);
  EXPECT_DOUBLE_EQ(found->throttle_seconds, 0.25);
}

TEST(Statistics, what_is_not_there_is_zero_and_what_is_no_statistics_is_nothing) {
  EXPECT_EQ(ParseStatistics("{}")->queue_bytes, 0u);
  EXPECT_EQ(ParseStatistics(R"({"brokers":{"a":{"rtt":7}},"topics":[],"msg_cnt":-1})")->queue_messages, 0u);
  EXPECT_FALSE(ParseStatistics("[]"));
  EXPECT_FALSE(ParseStatistics("no"));
}

TEST(Statistics, librdkafka_tells_them_in_the_form_that_is_read) {
  const auto cluster = MockCluster::Start({{"topic", 1}});
  ASSERT_TRUE(cluster);
  ClientConfig config;
  config.bootstrap_servers = (*cluster)->bootstrap_servers();
  config.properties["statistics.interval.ms"] = "100";
  uint64_t bytes_in = 0;
  const auto consumer = Consumer::Open(
      config, {.group = "g", .on_statistics = [&](const ClientStatistics& s) { bytes_in = s.bytes_in; }});
  ASSERT_TRUE(consumer);
  Batch batch;
  for (int i = 0; i < 300 && bytes_in == 0; ++i) {
    ASSERT_TRUE((*consumer)->Poll(std::chrono::milliseconds(100), 1, batch));
  }
  EXPECT_GT(bytes_in, 0u);
}

}  // namespace
}  // namespace ntsp::kafka
