#include "kafka/admin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kafka/mock_cluster.h"

namespace ntsp::kafka {
namespace {

using testing::HasSubstr;

constexpr std::chrono::milliseconds kTimeout{5'000};

TEST(Admin, describes_topics_and_makes_none_by_asking) {
  auto cluster = MockCluster::Start({{"raw", 3}});
  ASSERT_TRUE(cluster);
  ClientConfig config;
  config.bootstrap_servers = (*cluster)->bootstrap_servers();
  auto admin = Admin::Open(config);
  ASSERT_TRUE(admin);
  for (int i = 0; i < 2; ++i) {
    const auto infos = (*admin)->Describe({"raw", "missing"}, kTimeout);
    ASSERT_TRUE(infos) << infos.error().message;
    EXPECT_TRUE(infos->at("raw").exists);
    EXPECT_EQ(infos->at("raw").partitions, 3);
    EXPECT_FALSE(infos->at("missing").exists);
  }
  EXPECT_EQ((*admin)->BrokerCount(kTimeout).value_or(0), 1);
}

TEST(Admin, without_a_broker_the_address_is_named) {
  ClientConfig config;
  config.bootstrap_servers = "127.0.0.1:1";
  auto admin = Admin::Open(config);
  ASSERT_TRUE(admin);
  const auto count = (*admin)->BrokerCount(std::chrono::milliseconds(1'500));
  ASSERT_FALSE(count);
  EXPECT_EQ(count.error().kind, ErrorKind::kRetry);
  EXPECT_THAT(count.error().message, HasSubstr("127.0.0.1:1"));
  EXPECT_THAT(count.error().message, HasSubstr("KAFKA_BOOTSTRAP_SERVERS"));
}

TEST(Admin, a_port_without_tls_is_told_with_what_to_check) {
  auto cluster = MockCluster::Start({});
  ASSERT_TRUE(cluster);
  ClientConfig config;
  config.bootstrap_servers = (*cluster)->bootstrap_servers();
  config.properties = {{"security.protocol", "ssl"}};
  auto admin = Admin::Open(config);
  ASSERT_TRUE(admin);
  const auto count = (*admin)->BrokerCount(std::chrono::milliseconds(3'000));
  ASSERT_FALSE(count);
  EXPECT_THAT(count.error().message, HasSubstr("KAFKA_CLIENT_SECURITY_PROTOCOL")) << count.error().message;
}

TEST(Admin, settings_that_contradict_each_other_are_told_at_once) {
  ClientConfig config;
  config.properties = {{"ssl.ca.location", "/nowhere/ca.pem"}, {"security.protocol", "ssl"}};
  const auto admin = Admin::Open(config);
  ASSERT_FALSE(admin);
  EXPECT_EQ(admin.error().kind, ErrorKind::kStop);
}

}  // namespace
}  // namespace ntsp::kafka
