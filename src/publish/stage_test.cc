#include "publish/stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "kafka/mock_cluster.h"

namespace ntsp::publish {
namespace {

using testing::HasSubstr;

class NoAlerts : public alert::Reporter {
 public:
  void Report(alert::Alert) override {}
};

// The parts joined over librdkafka's mock cluster, which has no transactions worth the name: delivery is
// tested against a real broker elsewhere.
class StageTest : public testing::Test {
 protected:
  void StartCluster(const std::vector<std::string>& topics) {
    std::vector<std::pair<std::string, int>> with_partitions;
    for (const std::string& topic : topics) with_partitions.emplace_back(topic, 1);
    auto cluster = kafka::MockCluster::Start(with_partitions);
    ASSERT_TRUE(cluster) << cluster.error().message;
    cluster_ = std::move(*cluster);
    options_.client.bootstrap_servers = cluster_->bootstrap_servers();
  }
  bool ReadyIn(std::chrono::seconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (!health_.Ready().ok && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return health_.Ready().ok;
  }

  std::unique_ptr<kafka::MockCluster> cluster_;
  Options options_;
  observe::Metrics metrics_;
  SystemClock clock_;
  observe::Health health_{clock_};
  NoAlerts alerts_;
};

TEST_F(StageTest, it_is_ready_when_the_group_is_joined_and_ends_without_error_when_stopped) {
  StartCluster({"network-data", "node-data", "interface-data", "address-data", "network-data-dlq"});
  std::atomic<bool> ended{false};
  NormalizeStage stage(options_, {metrics_, health_, alerts_, clock_});
  EXPECT_FALSE(health_.Ready().ok);
  stage.Start([&] { ended = true; });
  EXPECT_TRUE(ReadyIn(std::chrono::seconds(60))) << health_.Ready().body;
  EXPECT_FALSE(ended);
  stage.Stop();
  const Result<void> result = stage.Join();
  EXPECT_TRUE(result) << result.error().message;
  EXPECT_TRUE(ended);
  EXPECT_FALSE(health_.Ready().ok);
}

TEST_F(StageTest, a_missing_output_topic_that_may_not_be_created_ends_it) {
  StartCluster({"network-data"});
  options_.create_topics = false;
  NormalizeStage stage(options_, {metrics_, health_, alerts_, clock_});
  stage.Start();
  const Result<void> result = stage.Join();
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message, HasSubstr("KAFKA_CREATE_TOPICS"));
}

TEST_F(StageTest, a_stage_that_was_never_started_can_be_joined) {
  NormalizeStage stage(options_, {metrics_, health_, alerts_, clock_});
  stage.Stop();
  EXPECT_TRUE(stage.Join());
}

}  // namespace
}  // namespace ntsp::publish
