#include "kafka/trouble.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ntsp::kafka {
namespace {

using testing::HasSubstr;

// What real brokers make librdkafka say stands in tests/test_secured_kafka.py; here is what they do not show.
const Security kPlain{};
const Security kTls{.tls = true};
const Security kToken{.tls = true, .sasl = true, .mechanism = "OAUTHBEARER"};

Trouble Heard(rd_kafka_resp_err_t code, const std::string& text) {
  return {.code = code, .text = text};
}

TEST(Trouble, an_outage_is_not_explained_as_a_matter_of_security) {
  EXPECT_EQ(
      Explain(Heard(RD_KAFKA_RESP_ERR__TRANSPORT, "Connect to ipv4#127.0.0.1:1 failed: Connection refused"),
              kPlain),
      "");
  EXPECT_EQ(Explain(Heard(RD_KAFKA_RESP_ERR__TRANSPORT, "Disconnected (after 5ms in state CONNECT)"), kTls),
            "");
  EXPECT_EQ(Explain(Heard(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, "1/1 brokers are down"), kPlain), "");
}

TEST(Trouble, a_refusal_weighs_more_than_what_follows_from_it) {
  EXPECT_GT(Weight(RD_KAFKA_RESP_ERR__SSL), Weight(RD_KAFKA_RESP_ERR__TRANSPORT));
  EXPECT_GT(Weight(RD_KAFKA_RESP_ERR__TRANSPORT), Weight(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN));
  EXPECT_EQ(Weight(RD_KAFKA_RESP_ERR_NO_ERROR), 0);
}

TEST(Trouble, a_refused_token_is_not_blamed_on_a_password) {
  EXPECT_THAT(Explain(Heard(RD_KAFKA_RESP_ERR__AUTHENTICATION, "invalid_token"), kToken),
              HasSubstr("KAFKA_AWS_MSK_IAM"));
}

TEST(Trouble, a_certificate_that_is_not_valid_yet_points_at_the_clocks) {
  EXPECT_THAT(ExplainCertificate(9, "broker:9093"), HasSubstr("clocks"));
}

TEST(Trouble, a_certificate_with_another_fault_has_openssls_number) {
  EXPECT_THAT(ExplainCertificate(20, "broker:9093"),
              AllOf(HasSubstr("broker:9093"), HasSubstr("KAFKA_CLIENT_SSL_CA_LOCATION"), HasSubstr("20")));
}

TEST(Trouble, an_unknown_tls_error_still_names_the_settings) {
  EXPECT_THAT(Explain(Heard(RD_KAFKA_RESP_ERR__SSL, "something new"), kTls),
              HasSubstr("KAFKA_CLIENT_SSL_CA_LOCATION"));
}

}  // namespace
}  // namespace ntsp::kafka
