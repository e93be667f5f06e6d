#include "publish/topic_setup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ntsp::publish {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ClusterFake : public Cluster {
 public:
  Result<std::map<std::string, kafka::TopicInfo>> Describe(const std::vector<std::string>& names) override {
    std::map<std::string, kafka::TopicInfo> infos;
    for (const std::string& name : names)
      infos[name] = topics.contains(name) ? topics[name] : kafka::TopicInfo{};
    return infos;
  }
  Result<void> Create(const std::vector<kafka::NewTopic>& wanted) override {
    if (!may_create) return Stop("Creating failed: topic authorization failed");
    created = wanted;
    for (const auto& topic : wanted) configs[topic.name] = topic.config;
    return {};
  }
  Result<std::map<std::string, std::string>> TopicConfig(const std::string& topic) override {
    ++config_questions;
    if (!may_read_configs) return Stop("not authorised");
    return configs[topic];
  }

  std::map<std::string, kafka::TopicInfo> topics = {{"network-data", {true, 12, ""}}};
  std::map<std::string, std::map<std::string, std::string>> configs;
  std::vector<kafka::NewTopic> created;
  bool may_create = true;
  bool may_read_configs = true;
  int config_questions = 0;
};

class TopicSetupTest : public testing::Test {
 protected:
  Result<TopicLimits> Prepare() { return TopicSetup(options_, cluster_).Prepare(); }

  Options options_;
  ClusterFake cluster_;
};

TEST_F(TopicSetupTest, missing_output_topics_are_created_like_the_raw_topic) {
  ASSERT_TRUE(Prepare());
  ASSERT_THAT(cluster_.created, SizeIs(4));
  for (const kafka::NewTopic& topic : cluster_.created) {
    EXPECT_EQ(topic.partitions, 12);
    EXPECT_EQ(topic.config.at("retention.ms"), "604800000");
    EXPECT_EQ(topic.config.at("cleanup.policy"), "delete");
    EXPECT_EQ(topic.config.at("message.timestamp.type"), "LogAppendTime");
  }
}

TEST_F(TopicSetupTest, the_dead_letter_topic_takes_64_KiB_more_than_the_raw_topic) {
  cluster_.configs["network-data"] = {{"max.message.bytes", "5000000"}};
  const auto limits = Prepare();
  ASSERT_TRUE(limits);
  EXPECT_EQ(limits->dead_letter_bytes, 5'000'000u + 65'536u);
  EXPECT_EQ(cluster_.created.back().name, "network-data-dlq");
  EXPECT_EQ(cluster_.created.back().config.at("max.message.bytes"), "5065536");
}

TEST_F(TopicSetupTest, topics_that_exist_are_left_alone) {
  for (const char* name : {"node-data", "interface-data", "address-data", "network-data-dlq"}) {
    cluster_.topics[name] = {true, 3, ""};
  }
  cluster_.configs["network-data-dlq"] = {{"max.message.bytes", "2000"}};
  const auto limits = Prepare();
  ASSERT_TRUE(limits);
  EXPECT_EQ(limits->dead_letter_bytes, 2'000u);
  EXPECT_THAT(cluster_.created, IsEmpty());
}

TEST_F(TopicSetupTest, kafkas_default_is_assumed_where_the_limit_may_not_be_read) {
  for (const char* name : {"node-data", "interface-data", "address-data", "network-data-dlq"}) {
    cluster_.topics[name] = {true, 3, ""};
  }
  cluster_.may_read_configs = false;
  const auto limits = Prepare();
  ASSERT_TRUE(limits);
  EXPECT_EQ(limits->dead_letter_bytes, 1'048'588u);
  EXPECT_EQ(cluster_.config_questions, 1);
}

TEST_F(TopicSetupTest, a_missing_raw_topic_is_waited_for_and_never_created) {
  cluster_.topics.clear();
  const auto limits = Prepare();
  ASSERT_FALSE(limits);
  EXPECT_EQ(limits.error().kind, ErrorKind::kRetry);
  EXPECT_THAT(limits.error().message, HasSubstr("network-data"));
  EXPECT_THAT(limits.error().message, HasSubstr("KAFKA_RAW_TOPIC"));
  EXPECT_THAT(cluster_.created, IsEmpty());
}

TEST_F(TopicSetupTest, a_topic_that_cannot_be_described_is_named) {
  cluster_.topics["node-data"] = {false, 0, "topic authorization failed"};
  const auto limits = Prepare();
  ASSERT_FALSE(limits);
  EXPECT_THAT(limits.error().message, HasSubstr("node-data"));
  EXPECT_THAT(limits.error().message, HasSubstr("topic authorization failed"));
}

TEST_F(TopicSetupTest, missing_topics_that_may_not_be_created_end_it_with_what_to_do) {
  options_.create_topics = false;
  const auto limits = Prepare();
  ASSERT_FALSE(limits);
  EXPECT_EQ(limits.error().kind, ErrorKind::kStop);
  EXPECT_THAT(limits.error().message, HasSubstr("interface-data"));
  EXPECT_THAT(limits.error().message, HasSubstr("KAFKA_CREATE_TOPICS"));
}

TEST_F(TopicSetupTest, a_lacking_right_is_named) {
  cluster_.may_create = false;
  const auto limits = Prepare();
  ASSERT_FALSE(limits);
  EXPECT_EQ(limits.error().kind, ErrorKind::kStop);
  EXPECT_THAT(limits.error().message, HasSubstr("Create"));
  EXPECT_THAT(limits.error().message, HasSubstr("node-data"));
}

}  // namespace
}  // namespace ntsp::publish
