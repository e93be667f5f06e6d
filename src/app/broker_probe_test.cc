#include "app/broker_probe.h"

#include <gmock/gmock.h>

#include "kafka/mock_cluster.h"

namespace ntsp::app {
namespace {

using std::chrono::milliseconds;

class BrokerProbeTest : public ::testing::Test {
 protected:
  observe::ComponentHealth Component() const { return health_.Components().front(); }
  bool Becomes(bool ok) const {
    for (int i = 0; i < 300 && Component().ok != ok; ++i) std::this_thread::sleep_for(milliseconds(100));
    return Component().ok == ok;
  }

  const SystemClock clock_;
  observe::Health health_{clock_};
};

TEST_F(BrokerProbeTest, says_when_the_broker_answers_and_when_it_is_away) {
  auto cluster = kafka::MockCluster::Start({{"topic", 1}});
  ASSERT_TRUE(cluster);
  kafka::ClientConfig config;
  config.bootstrap_servers = (*cluster)->bootstrap_servers();
  const auto probe = BrokerProbe::Start(
      config, {.interval = milliseconds(100), .patience = milliseconds(300), .again = milliseconds(50)},
      health_);
  ASSERT_TRUE(probe);
  EXPECT_EQ(Component().role, observe::Role::kRequired);
  EXPECT_TRUE(Becomes(true)) << Component().text;
  cluster->reset();
  EXPECT_TRUE(Becomes(false));
  EXPECT_THAT(Component().text, ::testing::HasSubstr(config.bootstrap_servers));
}

}  // namespace
}  // namespace ntsp::app
