#include "app/export.h"

#include <gmock/gmock.h>

namespace ntsp::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

observe::OtlpOptions OptionsOf(std::map<std::string, std::string> environment) {
  LoadInput input;
  input.environment = std::move(environment);
  input.host_name = "box";
  const auto loaded = LoadConfig(input);
  EXPECT_TRUE(loaded) << loaded.error().message;
  return ExportOptions(loaded->config);
}

TEST(ExportOptions, without_an_address_nothing_is_sent) {
  const auto options = OptionsOf({{"OTEL_SERVICE_NAME", "a"}});
  EXPECT_EQ(options.logs_url + options.traces_url + options.metrics_url, "");
}

TEST(ExportOptions, a_logfire_token_is_enough) {
  for (const char* variable : {"LOGFIRE_TOKEN", "LOGFIRE_API_KEY"}) {
    const auto options = OptionsOf({{variable, "pylf_v1_eu_abc"}});
    EXPECT_EQ(options.logs_url, "https://logfire-eu.pydantic.dev/v1/logs");
    EXPECT_EQ(options.traces_url, "https://logfire-eu.pydantic.dev/v1/traces");
    EXPECT_EQ(options.metrics_url, "https://logfire-eu.pydantic.dev/v1/metrics");
    EXPECT_THAT(options.headers, ElementsAre(Pair("Authorization", "pylf_v1_eu_abc")));
  }
}

TEST(ExportOptions, the_base_url_wins_over_the_tokens_region) {
  EXPECT_EQ(OptionsOf({{"LOGFIRE_TOKEN", "pylf_v1_eu_abc"}, {"LOGFIRE_BASE_URL", "http://a:1/"}}).logs_url,
            "http://a:1/v1/logs");
}

TEST(ExportOptions, neither_token_nor_headers_reach_the_wrong_receiver) {
  const auto options = OptionsOf({{"LOGFIRE_TOKEN", "abc"},
                                  {"OTEL_EXPORTER_OTLP_ENDPOINT", "http://other:4318"},
                                  {"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://other:4318/x"},
                                  {"OTEL_EXPORTER_OTLP_HEADERS", "x-key=secret"}});
  EXPECT_THAT(options.logs_url + options.traces_url, Not(HasSubstr("other")));
  EXPECT_THAT(options.headers, ElementsAre(Pair("Authorization", "abc")));
}

TEST(ExportOptions, an_endpoint_gets_the_paths_and_a_signals_own_is_taken_as_it_is) {
  const auto options = OptionsOf({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4318/otlp/"},
                                  {"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://b:1"},
                                  {"OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20b"},
                                  {"OTEL_EXPORTER_OTLP_TIMEOUT", "2500"},
                                  {"OTEL_EXPORTER_OTLP_COMPRESSION", "none"},
                                  {"OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem"},
                                  {"OTEL_METRIC_EXPORT_INTERVAL", "5000"}});
  EXPECT_EQ(options.traces_url, "http://a:4318/otlp/v1/traces");
  EXPECT_EQ(options.metrics_url, "http://b:1");
  EXPECT_THAT(options.headers, ElementsAre(Pair("x-key", "a b")));
  EXPECT_EQ(options.timeout.count(), 2500);
  EXPECT_FALSE(options.gzip);
  EXPECT_EQ(options.ca_file, "/ca.pem");
  EXPECT_EQ(options.metric_interval, std::chrono::seconds(5));
}

TEST(ExportOptions, signals_can_be_switched_off) {
  const auto options = OptionsOf(
      {{"LOGFIRE_TOKEN", "abc"}, {"OTEL_LOGS_EXPORTER", "none"}, {"OTEL_METRICS_EXPORTER", "none"}});
  EXPECT_THAT(options.logs_url, IsEmpty());
  EXPECT_THAT(options.metrics_url, IsEmpty());
  EXPECT_THAT(options.traces_url, Not(IsEmpty()));
  EXPECT_THAT(OptionsOf({{"LOGFIRE_TOKEN", "abc"}, {"OTEL_SDK_DISABLED", "true"}}).traces_url, IsEmpty());
}

TEST(ExportOptions, the_resource_says_who_sends) {
  using observe::Attribute;
  const auto resource = OptionsOf({{"SERVICE_NAME", "a"},
                                   {"SERVICE_VERSION", "1.2"},
                                   {"INSTANCE_ID", "one"},
                                   {"OTEL_RESOURCE_ATTRIBUTES", "service.name=b,team=net%20ops"}})
                            .resource;
  for (const Attribute& expected : {Attribute("service.name", "b"), Attribute("service.version", "1.2"),
                                    Attribute("service.instance.id", "one"), Attribute("host.name", "box"),
                                    Attribute("team", "net ops")}) {
    EXPECT_THAT(resource, Contains(expected)) << expected.name;
  }
  EXPECT_THAT(resource, Not(Contains(Attribute("service.name", "a"))));
  EXPECT_THAT(
      OptionsOf({{"OTEL_SERVICE_NAME", "c"}, {"OTEL_RESOURCE_ATTRIBUTES", "service.name=b"}}).resource,
      Contains(Attribute("service.name", "c")));
}

TEST(OpenExporter, names_a_certificate_file_that_is_not_there) {
  LoadInput input;
  input.environment = {{"LOGFIRE_TOKEN", "abc"}, {"OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such.pem"}};
  observe::Metrics metrics;
  const auto opened = OpenExporter(LoadConfig(input)->config, metrics);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("OTEL_EXPORTER_OTLP_CERTIFICATE=/no/such.pem"));
}

}  // namespace
}  // namespace ntsp::app
