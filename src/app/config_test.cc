#include "app/config.h"

#include <gmock/gmock.h>

#include "app/config_fake.h"
#include "app/config_text.h"
#include "app/setting.h"

namespace ntsp::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Config, has_the_documented_defaults) {
  const Config config = Good({});
  EXPECT_EQ(config.kafka.bootstrap_servers, "localhost:9092");
  EXPECT_EQ(config.raw_topic, "network-data");
  EXPECT_EQ(config.node_topic, "node-data");
  EXPECT_EQ(config.interface_topic, "interface-data");
  EXPECT_EQ(config.address_topic, "address-data");
  EXPECT_EQ(config.dead_letter_topic, "network-data-dlq");
  EXPECT_EQ(config.consumer_group, "telemetry-processor");
  EXPECT_EQ(config.max_message_bytes, 1'000'000u);
  EXPECT_EQ(config.framing, publish::Framing::kArray);
  EXPECT_TRUE(config.exactly_once);
  EXPECT_TRUE(config.keep_extra);
  EXPECT_FALSE(config.node_facts_only);
  EXPECT_TRUE(config.create_topics);
  EXPECT_EQ(config.instance_id, "probe-1");
  EXPECT_EQ(config.normalize_workers, 4u);
  EXPECT_EQ(config.archive_workers, 1u);
  EXPECT_EQ(config.commit_interval_ms, 250u);
  EXPECT_EQ(config.memory_limit_mb, 512u);
  EXPECT_FALSE(config.archive_enabled());
  EXPECT_EQ(config.prefix, "processed");
  EXPECT_EQ(config.archive_max_bytes, 64u << 20);
  EXPECT_EQ(config.archive_max_age_s, 300u);
  EXPECT_EQ(config.alert_window_s, 60u);
  EXPECT_EQ(config.log_level, log::Level::kInfo);
  EXPECT_EQ(config.log_file, "");
  EXPECT_EQ(config.log_format, std::nullopt);
  EXPECT_EQ(config.http_listen, "127.0.0.1:8080");
  EXPECT_EQ(config.service_name, "network-telemetry-processor");
}

TEST(Config, the_environment_wins_over_the_file_and_the_file_over_the_default) {
  const auto loaded =
      LoadConfig(Given({{"KAFKA_RAW_TOPIC", "from-environment"}},
                       {{"KAFKA_RAW_TOPIC", "from-file", 1}, {"KAFKA_NODE_TOPIC", "from-file", 2}}));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->config.raw_topic, "from-environment");
  EXPECT_EQ(loaded->config.node_topic, "from-file");
  EXPECT_EQ(loaded->config.interface_topic, "interface-data");
}

TEST(Config, an_empty_value_is_the_default) {
  const auto loaded =
      LoadConfig(Given({{"KAFKA_RAW_TOPIC", ""}, {"INSTANCE_ID", ""}}, {{"KAFKA_RAW_TOPIC", "a", 1}}));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->config.raw_topic, "a");
  EXPECT_EQ(loaded->config.instance_id, "probe-1");
}

TEST(Config, a_mistake_names_variable_value_and_what_is_allowed) {
  EXPECT_EQ(Mistakes({{"COMMIT_INTERVAL_MS", "soon"}}),
            "COMMIT_INTERVAL_MS=soon: must be a whole number from 10 to 10000");
}

TEST(Config, a_mistake_in_a_file_names_its_line) {
  const auto loaded = LoadConfig(Given({}, {{"LOG_LEVEL", "loud", 7}}));
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message, "LOG_LEVEL=loud in .env:7: must be debug, info, warn or error");
}

TEST(Config, tells_all_mistakes_at_once) {
  const std::string mistakes =
      Mistakes({{"LOG_LEVEL", "loud"}, {"DELIVERY", "twice"}, {"HTTP_LISTEN", "8080"}});
  EXPECT_THAT(mistakes, HasSubstr("LOG_LEVEL=loud"));
  EXPECT_THAT(mistakes, HasSubstr("DELIVERY=twice"));
  EXPECT_THAT(mistakes, HasSubstr("HTTP_LISTEN=8080"));
}

struct BadValue {
  std::string variable, value;
};
class ConfigRefuses : public ::testing::TestWithParam<BadValue> {};

TEST_P(ConfigRefuses, a_value_that_is_not_allowed) {
  const auto& [variable, value] = GetParam();
  const std::string mistake = Mistakes({{variable, value}});
  EXPECT_THAT(mistake, HasSubstr(variable + "=" + value + ": must be "));
  EXPECT_THAT(mistake, HasSubstr(std::string(FindSetting(variable)->allowed)));
}

INSTANTIATE_TEST_SUITE_P(
    Values, ConfigRefuses,
    ::testing::Values(
        BadValue{"KAFKA_BOOTSTRAP_SERVERS", "localhost"}, BadValue{"KAFKA_BOOTSTRAP_SERVERS", "a:1,b"},
        BadValue{"KAFKA_RAW_TOPIC", "a b"}, BadValue{"KAFKA_NODE_TOPIC", ".."},
        BadValue{"KAFKA_INTERFACE_TOPIC", "a/b"}, BadValue{"KAFKA_ADDRESS_TOPIC", std::string(250, 'a')},
        BadValue{"KAFKA_DEAD_LETTER_TOPIC", "a,b"}, BadValue{"KAFKA_CONSUMER_GROUP", "a b"},
        BadValue{"KAFKA_MAX_MESSAGE_BYTES", "9999"}, BadValue{"KAFKA_MAX_MESSAGE_BYTES", "1e6"},
        BadValue{"KAFKA_OUTPUT_FRAMING", "csv"}, BadValue{"DELIVERY", "at-most-once"},
        BadValue{"EXTRA_FIELDS", "true"}, BadValue{"NODE_RECORDS", "never"},
        BadValue{"KAFKA_CREATE_TOPICS", "perhaps"}, BadValue{"INSTANCE_ID", "a/b"},
        BadValue{"NORMALIZE_WORKERS", "0"}, BadValue{"NORMALIZE_WORKERS", "-1"},
        BadValue{"ARCHIVE_WORKERS", "65"}, BadValue{"COMMIT_INTERVAL_MS", "10001"},
        BadValue{"MEMORY_LIMIT_MB", "127"}, BadValue{"S3_EXPORT_ENABLED", "maybe"},
        BadValue{"AWS_S3_BUCKET", "s3://bucket"}, BadValue{"ARCHIVE_URI", "/tmp"},
        BadValue{"ARCHIVE_MAX_BYTES", "64MB"}, BadValue{"ARCHIVE_MAX_AGE_S", "5m"},
        BadValue{"AWS_ENDPOINT_URL", "localhost:9000"}, BadValue{"AWS_ENDPOINT_URL_S3", "http://"},
        BadValue{"AWS_ENDPOINT_URL_SNS", "ftp://a"},
        BadValue{"AWS_SNS_TOPIC_ARN", "arn:aws:sqs:eu-west-1:123456789012:a"},
        BadValue{"ALERT_WINDOW_S", "0"}, BadValue{"ALERT_ON_INTERFACE_DOWN", "2"},
        BadValue{"LOGFIRE_BASE_URL", "logfire"}, BadValue{"OTEL_EXPORTER_OTLP_ENDPOINT", "a:4318"},
        BadValue{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "a:4318"},
        BadValue{"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "a:4318"},
        BadValue{"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "a:4318"}, BadValue{"OTEL_EXPORTER_OTLP_TIMEOUT", "10s"},
        BadValue{"OTEL_EXPORTER_OTLP_COMPRESSION", "zstd"}, BadValue{"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"},
        BadValue{"OTEL_TRACES_EXPORTER", "jaeger"}, BadValue{"OTEL_METRICS_EXPORTER", "console"},
        BadValue{"OTEL_LOGS_EXPORTER", "stdout"}, BadValue{"OTEL_METRIC_EXPORT_INTERVAL", "10"},
        BadValue{"OTEL_RESOURCE_ATTRIBUTES", "a"}, BadValue{"OTEL_SDK_DISABLED", "never"},
        BadValue{"LOG_LEVEL", "trace"}, BadValue{"LOG_FORMAT", "xml"}, BadValue{"HTTP_LISTEN", "::1:8080"},
        BadValue{"HTTP_LISTEN", "a:70000"}));

TEST(Config, every_setting_takes_its_own_default) {
  for (const Setting& setting : Settings()) {
    Config config;
    if (!setting.default_text.empty()) {
      EXPECT_TRUE(setting.parse(setting.default_text, config)) << setting.variable;
    }
    EXPECT_NE(setting.default_text.empty(), setting.when_empty.empty()) << setting.variable;
  }
}

TEST(Config, refuses_an_unknown_client_property_with_what_the_client_says) {
  LoadInput input = Given({{"KAFKA_CLIENT_NO_SUCH", "1"}});
  input.check_property = [](const std::string& variable, const std::string&) -> Result<void> {
    return Stop(variable + ": no such property");
  };
  const auto loaded = LoadConfig(input);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message, "KAFKA_CLIENT_NO_SUCH: no such property");
}

TEST(Config, hands_client_properties_over) {
  const Config config = Good({{"KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL"}});
  EXPECT_EQ(config.kafka.properties.at("security.protocol"), "SASL_SSL");
}

TEST(Config, a_bucket_switches_the_archive_on) {
  EXPECT_EQ(Good({{"AWS_S3_BUCKET", "lake"}}).archive_uri, "s3://lake/processed");
  EXPECT_EQ(Good({{"AWS_S3_BUCKET", "lake"}, {"S3_PREFIX", "/a/b/"}}).archive_uri, "s3://lake/a/b");
  EXPECT_EQ(Good({{"AWS_S3_BUCKET", "lake"}, {"S3_PREFIX", "/"}}).archive_uri, "s3://lake");
  EXPECT_EQ(Good({{"ARCHIVE_URI", "file:///data"}}).archive_uri, "file:///data");
}

TEST(Config, the_archive_can_be_switched_off) {
  EXPECT_FALSE(Good({{"AWS_S3_BUCKET", "lake"}, {"S3_EXPORT_ENABLED", "false"}}).archive_enabled());
}

TEST(Config, refuses_an_archive_without_a_place) {
  EXPECT_EQ(Mistakes({{"S3_EXPORT_ENABLED", "true"}}),
            "S3_EXPORT_ENABLED=true: needs AWS_S3_BUCKET or ARCHIVE_URI, and neither is set");
}

TEST(Config, refuses_an_archive_with_two_places) {
  EXPECT_THAT(Mistakes({{"AWS_S3_BUCKET", "lake"}, {"ARCHIVE_URI", "s3://pond/x"}}),
              HasSubstr("AWS_S3_BUCKET=lake and ARCHIVE_URI=s3://pond/x are both set"));
}

TEST(Config, refuses_one_topic_for_two_purposes) {
  EXPECT_EQ(
      Mistakes({{"KAFKA_NODE_TOPIC", "network-data"}}),
      "KAFKA_RAW_TOPIC=network-data and KAFKA_NODE_TOPIC=network-data: each must be a topic of its own");
}

TEST(Config, refuses_a_default_dead_letter_topic_with_too_long_a_name) {
  EXPECT_THAT(Mistakes({{"KAFKA_RAW_TOPIC", std::string(249, 'r')}}), HasSubstr("KAFKA_DEAD_LETTER_TOPIC="));
}

TEST(Config, refuses_a_client_limit_below_the_message_size) {
  EXPECT_EQ(Mistakes({{"KAFKA_CLIENT_MESSAGE_MAX_BYTES", "500000"}}),
            "KAFKA_CLIENT_MESSAGE_MAX_BYTES=500000: must be at least KAFKA_MAX_MESSAGE_BYTES=1000000");
}

TEST(Config, refuses_more_workers_than_the_memory_feeds) {
  EXPECT_THAT(Mistakes({{"MEMORY_LIMIT_MB", "128"}, {"NORMALIZE_WORKERS", "64"}}),
              HasSubstr("MEMORY_LIMIT_MB=128: must be at least "));
}

TEST(Config, a_service_endpoint_wins_over_the_general_one) {
  const Config config = Good({{"AWS_ENDPOINT_URL", "http://a:1"}, {"AWS_ENDPOINT_URL_S3", "http://b:2"}});
  EXPECT_EQ(config.s3_endpoint, "http://b:2");
  EXPECT_EQ(config.sns_endpoint, "http://a:1");
}

TEST(Config, the_status_page_can_be_switched_off) {
  EXPECT_EQ(Good({{"HTTP_LISTEN", "off"}}).http_listen, "");
}

TEST(Config, shows_the_source_of_each_value) {
  const auto loaded = LoadConfig(Given(
      {{"KAFKA_RAW_TOPIC", "a"}}, {{"SERVICE_NAME", "two words", 1}, {"KAFKA_CLIENT_DEBUG", "cgrp", 2}}));
  ASSERT_TRUE(loaded);
  const std::string text = ConfigText(*loaded);
  EXPECT_THAT(text, HasSubstr("KAFKA_RAW_TOPIC=a  # source: environment\n"));
  EXPECT_THAT(text, HasSubstr("SERVICE_NAME=\"two words\"  # source: file\n"));
  EXPECT_THAT(text, HasSubstr("KAFKA_DEAD_LETTER_TOPIC=a-dlq  # source: default\n"));
  EXPECT_THAT(text, HasSubstr("KAFKA_CLIENT_DEBUG=cgrp  # source: file\n"));
  EXPECT_THAT(text, HasSubstr("NORMALIZE_WORKERS=4  # source: default\n"));
}

TEST(Config, what_is_shown_can_be_read_back) {
  const auto loaded = LoadConfig(Given({{"SERVICE_NAME", "a \"b\" $c \\ #d"}}));
  ASSERT_TRUE(loaded);
  const auto entries = ParseEnvFile("shown", ConfigText(*loaded));
  ASSERT_TRUE(entries) << entries.error().message;
  const auto again = LoadConfig(Given({}, *entries));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->config.service_name, "a \"b\" $c \\ #d");
}

TEST(Config, warns_of_unknown_variables_in_the_file) {
  const auto loaded = LoadConfig(Given({}, {{"KAFKA_RAW_TOPIK", "a", 3}, {"AWS_MAX_ATTEMPTS", "b", 4}}));
  ASSERT_TRUE(loaded);
  EXPECT_THAT(loaded->warnings, ElementsAre(".env:3: ntsp knows no variable KAFKA_RAW_TOPIK"));
}

TEST(Config, warns_of_settings_without_effect) {
  const auto loaded = LoadConfig(Given({{"LOGFIRE_BASE_URL", "https://a"}}));
  ASSERT_TRUE(loaded);
  EXPECT_THAT(loaded->warnings, ElementsAre(HasSubstr("LOGFIRE_BASE_URL")));
}

TEST(Config, warns_of_variables_of_opentelemetry_that_it_does_not_act_on) {
  const auto loaded = LoadConfig(Given({{"OTEL_TRACES_SAMPLER", "always_off"}, {"OTEL_SERVICE_NAME", "a"}},
                                       {{"OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", 3}}));
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_THAT(loaded->warnings, ElementsAre(HasSubstr("OTEL_TRACES_SAMPLER"), HasSubstr("http/json")));
}

TEST(Config, warns_when_logfire_takes_the_place_of_another_receiver) {
  const auto loaded =
      LoadConfig(Given({{"LOGFIRE_TOKEN", "hunter2"}, {"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://a:1/x"}}));
  ASSERT_TRUE(loaded);
  EXPECT_THAT(loaded->warnings, ElementsAre(HasSubstr("Logfire only")));
  EXPECT_THAT(loaded->warnings.front(), Not(HasSubstr("hunter2")));
}

TEST(Config, makes_an_instance_id_of_any_host_name) {
  LoadInput input = Given({});
  input.host_name = "caf\xC3\xA9 1";
  EXPECT_EQ(LoadConfig(input)->config.instance_id, "caf---1");
  input.host_name = "";
  EXPECT_EQ(LoadConfig(input)->config.instance_id, "ntsp");
}

TEST(Config, a_mapping_file_is_read_and_its_mistakes_are_told) {
  LoadInput input = Given({{"NTSP_MAPPING_FILE", "own.map"}});
  input.read_mapping = [](const std::string& file) {
    return normalize::Mapping::Parse(file, "a b interface.in_octets");
  };
  const auto loaded = LoadConfig(input);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->config.mapping->own_rows(), 1u);

  input.read_mapping = [](const std::string& file) { return normalize::Mapping::Parse(file, "a b\nc"); };
  const auto failed = LoadConfig(input);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message, HasSubstr("NTSP_MAPPING_FILE: own.map:1: expected path, leaf"));
  EXPECT_THAT(failed.error().message, HasSubstr("\nown.map:2: "));
}

TEST(Config, without_a_mapping_file_there_is_no_mapping) {
  EXPECT_EQ(Good({}).mapping, nullptr);
}

}  // namespace
}  // namespace ntsp::app
