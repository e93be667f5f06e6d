#include "kafka/client_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "kafka/client.h"

namespace ntsp::kafka {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string WhyNot(const std::string& variable, const std::string& value) {
  const Result<void> checked = CheckProperty(variable, value);
  if (checked) return "";
  EXPECT_EQ(checked.error().kind, ErrorKind::kStop);
  EXPECT_THAT(checked.error().message, HasSubstr(variable));
  return checked.error().message;
}

TEST(ClientConfig, a_variable_becomes_the_property_it_is_named_for) {
  EXPECT_EQ(PropertyName("KAFKA_CLIENT_SECURITY_PROTOCOL"), "security.protocol");
  EXPECT_EQ(PropertyName("KAFKA_CLIENT_DEBUG"), "debug");
}

TEST(ClientConfig, what_a_cluster_needs_may_be_set) {
  EXPECT_EQ(WhyNot("KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL"), "");
  EXPECT_EQ(WhyNot("KAFKA_CLIENT_SASL_MECHANISM", "SCRAM-SHA-512"), "");
  EXPECT_EQ(WhyNot("KAFKA_CLIENT_SASL_PASSWORD", "secret"), "");
  EXPECT_EQ(WhyNot("KAFKA_CLIENT_SESSION_TIMEOUT_MS", "20000"), "");
  EXPECT_EQ(WhyNot("KAFKA_CLIENT_COMPRESSION_TYPE", "zstd"), "");
}

TEST(ClientConfig, an_unknown_property_is_refused) {
  EXPECT_THAT(WhyNot("KAFKA_CLIENT_SECURITY_PROTOKOL", "SSL"), HasSubstr("security.protokol"));
}

TEST(ClientConfig, a_value_outside_of_the_range_is_refused_with_the_range) {
  const std::string text = WhyNot("KAFKA_CLIENT_FETCH_WAIT_MAX_MS", "900000");
  EXPECT_THAT(text, HasSubstr("900000"));
  EXPECT_THAT(text, HasSubstr("0..300000"));
}

TEST(ClientConfig, a_value_that_the_library_does_not_know_is_refused) {
  EXPECT_THAT(WhyNot("KAFKA_CLIENT_SECURITY_PROTOCOL", "telepathy"), HasSubstr("telepathy"));
}

TEST(ClientConfig, a_refused_secret_is_not_shown) {
  EXPECT_THAT(WhyNot("KAFKA_CLIENT_SASL_PASSWORDS", "hunter2"), Not(HasSubstr("hunter2")));
}

TEST(ClientConfig, a_password_inside_of_a_refused_address_is_not_shown) {
  EXPECT_THAT(WhyNot("KAFKA_CLIENT_SECURITY_PROTOCOL", "https://ann:hunter2@id.example"),
              AllOf(HasSubstr("https://ann:***@id.example"), Not(HasSubstr("hunter2"))));
}

class Promise : public testing::TestWithParam<const char*> {};

TEST_P(Promise, cannot_be_broken_by_a_property) {
  EXPECT_THAT(WhyNot(GetParam(), "1"), HasSubstr("it cannot be set: "));
}

INSTANTIATE_TEST_SUITE_P(
    Properties, Promise,
    testing::Values("KAFKA_CLIENT_ISOLATION_LEVEL", "KAFKA_CLIENT_ENABLE_AUTO_COMMIT",
                    "KAFKA_CLIENT_ENABLE_AUTO_OFFSET_STORE", "KAFKA_CLIENT_ENABLE_IDEMPOTENCE",
                    "KAFKA_CLIENT_TRANSACTIONAL_ID", "KAFKA_CLIENT_GROUP_ID",
                    "KAFKA_CLIENT_GROUP_INSTANCE_ID", "KAFKA_CLIENT_ACKS",
                    "KAFKA_CLIENT_REQUEST_REQUIRED_ACKS", "KAFKA_CLIENT_PARTITIONER",
                    "KAFKA_CLIENT_AUTO_OFFSET_RESET", "KAFKA_CLIENT_BOOTSTRAP_SERVERS",
                    "KAFKA_CLIENT_METADATA_BROKER_LIST", "KAFKA_CLIENT_MESSAGE_TIMEOUT_MS",
                    "KAFKA_CLIENT_DELIVERY_TIMEOUT_MS", "KAFKA_CLIENT_PARTITION_ASSIGNMENT_STRATEGY",
                    "KAFKA_CLIENT_QUEUE_BUFFERING_MAX_KBYTES", "KAFKA_CLIENT_ALLOW_AUTO_CREATE_TOPICS"));

TEST(ClientConfig, limits_that_carry_a_promise_are_narrower_than_the_librarys) {
  EXPECT_EQ(WhyNot("KAFKA_CLIENT_MAX_IN_FLIGHT", "5"), "");
  EXPECT_THAT(WhyNot("KAFKA_CLIENT_MAX_IN_FLIGHT", "6"), HasSubstr("at most 5"));
  EXPECT_THAT(WhyNot("KAFKA_CLIENT_RETRIES", "0"), HasSubstr("at least 1"));
  EXPECT_EQ(WhyNot("KAFKA_CLIENT_TRANSACTION_TIMEOUT_MS", "30000"), "");
  EXPECT_THAT(WhyNot("KAFKA_CLIENT_TRANSACTION_TIMEOUT_MS", "90000"), HasSubstr("at most 60000"));
  EXPECT_THAT(WhyNot("KAFKA_CLIENT_TRANSACTION_TIMEOUT_MS", "soon"), HasSubstr("at least 5000"));
}

TEST(ClientConfig, the_library_is_new_enough) {
  const Result<std::string> version = LibraryVersion();
  ASSERT_TRUE(version);
  EXPECT_EQ(*version, rd_kafka_version_str());
}

std::string ValueOf(const rd_kafka_conf_t* conf, const char* property) {
  std::array<char, 128> value{};
  size_t size = value.size();
  EXPECT_EQ(rd_kafka_conf_get(conf, property, value.data(), &size), RD_KAFKA_CONF_OK);
  return value.data();
}

TEST(ClientConfig, a_persons_property_beats_a_default_and_never_a_promise) {
  ClientConfig config;
  config.properties = {{"linger.ms", "7"}, {"isolation.level", "read_uncommitted"}};
  const auto conf = MakeConf(config, {{"linger.ms", "5"}}, {{"isolation.level", "read_committed"}});
  ASSERT_TRUE(conf);
  EXPECT_EQ(ValueOf(conf->get(), "linger.ms"), "7");
  EXPECT_EQ(ValueOf(conf->get(), "isolation.level"), "read_committed");
}

}  // namespace
}  // namespace ntsp::kafka
