#include "base/secret.h"

#include <gtest/gtest.h>

namespace ntsp {
namespace {

TEST(IsSecretName, knows_the_secrets_of_kafka_aws_and_logfire) {
  for (const char* name : {"KAFKA_CLIENT_SASL_PASSWORD", "sasl.password", "sasl.oauthbearer.client.secret",
                           "KAFKA_CLIENT_SSL_KEY_PEM", "ssl.keystore.password", "sasl.oauthbearer.config",
                           "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID", "LOGFIRE_TOKEN",
                           "LOGFIRE_API_KEY", "OTEL_EXPORTER_OTLP_HEADERS"}) {
    EXPECT_TRUE(IsSecretName(name)) << name;
  }
}

TEST(IsSecretName, leaves_ordinary_settings_and_places_of_secrets_readable) {
  for (const char* name : {"KAFKA_BOOTSTRAP_SERVERS", "AWS_SNS_TOPIC_ARN", "S3_PREFIX", "ssl.key.location",
                           "AWS_WEB_IDENTITY_TOKEN_FILE", "sasl.oauthbearer.token.endpoint.url", "AWS_REGION",
                           "KAFKA_CLIENT_SASL_USERNAME"}) {
    EXPECT_FALSE(IsSecretName(name)) << name;
  }
}

TEST(MaskUrls, hides_the_password_and_keeps_the_rest) {
  EXPECT_EQ(MaskUrls("https://ann:pa:ss@host:1/x@y?z"), "https://ann:***@host:1/x@y?z");
}

TEST(MaskUrls, hides_userinfo_without_a_password_whole) {
  EXPECT_EQ(MaskUrls("https://t0ken@host"), "https://***@host");
}

TEST(MaskUrls, a_password_with_an_at_sign_is_hidden_whole) {
  EXPECT_EQ(MaskUrls("s3://u:p@ss@host/b"), "s3://u:***@host/b");
}

TEST(MaskUrls, a_password_with_a_slash_is_hidden_whole) {
  EXPECT_EQ(MaskUrls("https://AKIA:ab/c+d?@host/b"), "https://AKIA:***@host/b");
  EXPECT_EQ(MaskUrls("http://host:8080/@x"), "http://host:8080/@x");
}

TEST(MaskUrls, treats_every_url_and_leaves_other_text_alone) {
  EXPECT_EQ(MaskUrls("to http://a:b@h1/x, http://h2/@x and me@home"),
            "to http://a:***@h1/x, http://h2/@x and me@home");
  EXPECT_EQ(MaskUrls("://"), "://");
}

TEST(MaskUrls, hides_the_secrets_of_a_query) {
  EXPECT_EQ(MaskUrls("https://h/v1?team=a&api_key=k1&x=1 and https://h/?X-Amz-Signature=0f#y"),
            "https://h/v1?team=a&api_key=***&x=1 and https://h/?X-Amz-Signature=***#y");
  EXPECT_EQ(MaskUrls("https://u:p@h/?token=t"), "https://u:***@h/?token=***");
  EXPECT_EQ(MaskUrls("https://h/?token=&a&=b?"), "https://h/?token=&a&=b?");
  EXPECT_EQ(MaskUrls("https://h/?next=https://u:p@i/"), "https://h/?next=https://u:***@i/");
}

TEST(MaskAddress, hides_userinfo_also_where_the_scheme_is_missing) {
  EXPECT_EQ(MaskAddress("ann:pa:ss@host:9000/x"), "ann:***@host:9000/x");
  EXPECT_EQ(MaskAddress("http://ann:pass@host"), "http://ann:***@host");
  EXPECT_EQ(MaskAddress("host-1:9092,host-2:9092"), "host-1:9092,host-2:9092");
  EXPECT_EQ(MaskAddress("/etc/a@b"), "/etc/a@b");
}

TEST(Redact, hides_secrets_masks_urls_and_shows_that_nothing_is_set) {
  EXPECT_EQ(Redact("LOGFIRE_TOKEN", "abc"), "***");
  EXPECT_EQ(Redact("LOGFIRE_TOKEN", ""), "");
  EXPECT_EQ(Redact("AWS_ENDPOINT_URL", "http://u:p@h"), "http://u:***@h");
  EXPECT_EQ(Redact("S3_PREFIX", "processed"), "processed");
}

}  // namespace
}  // namespace ntsp
