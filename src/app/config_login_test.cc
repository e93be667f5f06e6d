// Whose keys and passwords the settings name, and that nobody gets to see them.
#include <gmock/gmock.h>

#include "app/config.h"
#include "app/config_fake.h"
#include "app/config_text.h"

namespace ntsp::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Config, refuses_half_a_key_pair) {
  EXPECT_THAT(Mistakes({{"AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"}}), HasSubstr("AWS_SECRET_ACCESS_KEY is not"));
  EXPECT_THAT(Mistakes({{"AWS_SECRET_ACCESS_KEY", "s3cr3t"}}), Not(HasSubstr("s3cr3t")));
}

TEST(Config, takes_a_web_identity_and_names_its_session_after_the_instance) {
  const Config config = Good({{"AWS_WEB_IDENTITY_TOKEN_FILE", "/var/token"},
                              {"AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/ntsp"},
                              {"AWS_ENDPOINT_URL", "https://aws.example"}});
  EXPECT_EQ(config.web_identity_file, "/var/token");
  EXPECT_EQ(config.role_arn, "arn:aws:iam::123456789012:role/ntsp");
  EXPECT_EQ(config.role_session_name, "ntsp-probe-1");
  EXPECT_EQ(config.sts_endpoint, "https://aws.example");
}

TEST(Config, a_session_name_made_of_a_long_instance_is_one_that_sts_takes) {
  EXPECT_EQ(Good({{"INSTANCE_ID", std::string(100, 'x')}}).role_session_name, "ntsp-" + std::string(59, 'x'));
  EXPECT_THAT(Mistakes({{"AWS_ROLE_SESSION_NAME", "with blank"}}),
              HasSubstr("AWS_ROLE_SESSION_NAME=with blank"));
}

TEST(Config, refuses_a_web_identity_without_a_role) {
  EXPECT_THAT(Mistakes({{"AWS_WEB_IDENTITY_TOKEN_FILE", "/var/token"}}), HasSubstr("AWS_ROLE_ARN is not"));
}

TEST(Config, given_keys_go_before_a_web_identity_and_that_is_said) {
  const auto loaded = LoadConfig(Given({{"AWS_WEB_IDENTITY_TOKEN_FILE", "/var/token"},
                                        {"AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/ntsp"},
                                        {"AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"},
                                        {"AWS_SECRET_ACCESS_KEY", "secret"}}));
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->config.web_identity_file, "");
  EXPECT_THAT(loaded->warnings, ElementsAre(HasSubstr("AWS_WEB_IDENTITY_TOKEN_FILE: has no effect")));
}

TEST(Config, refuses_two_different_logfire_tokens) {
  EXPECT_THAT(Mistakes({{"LOGFIRE_TOKEN", "a1"}, {"LOGFIRE_API_KEY", "b2"}}), HasSubstr("LOGFIRE_API_KEY"));
  EXPECT_EQ(Good({{"LOGFIRE_API_KEY", "b2"}}).logfire_token, "b2");
}

TEST(Config, refuses_secrets_of_the_wrong_form_without_showing_them) {
  const std::string mistakes =
      Mistakes({{"LOGFIRE_TOKEN", "hunter 2"}, {"OTEL_EXPORTER_OTLP_HEADERS", "hunter2"}});
  EXPECT_THAT(mistakes, HasSubstr("LOGFIRE_TOKEN=(hidden): must be "));
  EXPECT_THAT(mistakes, HasSubstr("OTEL_EXPORTER_OTLP_HEADERS=(hidden): must be "));
  EXPECT_THAT(mistakes, Not(HasSubstr("hunter")));
}

TEST(Config, hides_passwords_inside_of_addresses) {
  const auto loaded = LoadConfig(Given(
      {{"AWS_ENDPOINT_URL", "https://ann:hunter2@s3.example"},
       {"OTEL_EXPORTER_OTLP_ENDPOINT", "https://hunter2@otlp.example/x"},
       {"LOGFIRE_BASE_URL", "https://l.example/?token=hunter2"},
       {"KAFKA_CLIENT_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", "https://client:hunter2@id.example/token"}}));
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_THAT(ConfigText(*loaded), Not(HasSubstr("hunter2")));
  EXPECT_EQ(Shown(*loaded, "AWS_ENDPOINT_URL"), "https://ann:***@s3.example");
  EXPECT_EQ(Shown(*loaded, "OTEL_EXPORTER_OTLP_ENDPOINT"), "https://***@otlp.example/x");
  EXPECT_EQ(loaded->config.otlp_endpoint, "https://hunter2@otlp.example/x");
}

TEST(Config, hides_passwords_inside_of_addresses_that_it_refuses) {
  const std::string mistakes = Mistakes({{"AWS_ENDPOINT_URL_S3", "ann:hunter2@s3.example"},
                                         {"LOGFIRE_BASE_URL", "ftp://ann:hunter2@l.example"},
                                         {"AWS_S3_BUCKET", "telemetry"},
                                         {"ARCHIVE_URI", "s3://key:hunter2@telemetry"},
                                         {"KAFKA_BOOTSTRAP_SERVERS", "SASL_SSL://ann:hunter2@kafka:9092"}});
  EXPECT_THAT(mistakes, Not(HasSubstr("hunter2")));
  EXPECT_THAT(mistakes, HasSubstr("AWS_ENDPOINT_URL_S3=ann:***@s3.example: must be "));
}

TEST(Config, hides_secrets_when_it_shows_values) {
  const auto loaded = LoadConfig(Given({{"AWS_SECRET_ACCESS_KEY", "hunter2"},
                                        {"AWS_ACCESS_KEY_ID", "hunter2"},
                                        {"AWS_SESSION_TOKEN", "hunter2"},
                                        {"LOGFIRE_TOKEN", "hunter2"},
                                        {"OTEL_EXPORTER_OTLP_HEADERS", "a=hunter2"},
                                        {"KAFKA_CLIENT_SASL_PASSWORD", "hunter2"},
                                        {"KAFKA_CLIENT_SSL_KEY_PEM", "hunter2"},
                                        {"KAFKA_CLIENT_SASL_OAUTHBEARER_CLIENT_SECRET", "hunter2"}}));
  ASSERT_TRUE(loaded) << loaded.error().message;
  const std::string text = ConfigText(*loaded);
  EXPECT_THAT(text, Not(HasSubstr("hunter2")));
  EXPECT_EQ(Shown(*loaded, "AWS_SECRET_ACCESS_KEY"), "(hidden)");
  EXPECT_EQ(Shown(*loaded, "KAFKA_CLIENT_SASL_PASSWORD"), "(hidden)");
  EXPECT_EQ(Shown(*loaded, "AWS_PROFILE"), "");
}

}  // namespace
}  // namespace ntsp::app
