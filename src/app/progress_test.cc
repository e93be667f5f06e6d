#include "app/progress.h"

#include <gmock/gmock.h>

#include "app/demo_command.h"

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;

Progress At(double seconds, double messages) {
  Progress progress;
  progress.seconds = seconds;
  progress.messages = messages;
  progress.records = {messages, 12 * messages, 8 * messages};
  return progress;
}

TEST(Progress, shows_rates_since_the_last_time) {
  const std::string line = ProgressLine(At(4, 900), At(2, 500));
  EXPECT_THAT(line, HasSubstr("900 messages (200/s), 18900 records (4200/s)"));
}

TEST(Progress, the_screen_always_has_the_same_height) {
  Progress now = At(1, 1);
  const size_t height = ProgressScreen(now, {}).size();
  for (int i = 0; i < 5; ++i) {
    now.alerts.push_back("alert " + std::to_string(i) + std::string(200, '.'));
    EXPECT_EQ(ProgressScreen(now, {}).size(), height);
  }
  EXPECT_THAT(ProgressScreen(now, {}).back(), HasSubstr("alert 4"));
  EXPECT_LE(ProgressScreen(now, {}).back().size(), 100u);
}

TEST(Progress, the_summary_tells_where_the_files_are) {
  const std::string text = ProgressSummary(At(10, 5), "/data/demo");
  EXPECT_THAT(text, HasSubstr("60 interface records"));
  EXPECT_THAT(text, HasSubstr("/data/demo"));
}

TEST(Progress, the_summary_counts_the_messages_of_each_dialect) {
  observe::Metrics metrics;
  for (const char* dialect : {"eda", "yang-push", "unknown"}) {
    metrics.GetCounter("ntsp_publish_messages_total", "", {{"dialect", dialect}}).Add(17);
  }
  const Progress end = ReadProgress(metrics);
  EXPECT_EQ(end.messages, 51);
  const std::string text = ProgressSummary(end, "d");
  for (const char* part : {"17 eda", "0 gnmic-event", "0 gnmic-protojson", "17 yang-push\n"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  for (size_t at = 0, end_of_line; (end_of_line = text.find('\n', at)) != text.npos; at = end_of_line + 1) {
    EXPECT_LE(end_of_line - at, 80u) << text.substr(at, end_of_line - at);
  }
}

TEST(Demo, reaches_nothing_outside_the_process) {
  Config config;
  config.kafka.properties["security.protocol"] = "SSL";
  config.sns_topic_arn = "arn:aws:sns:eu-west-1:123456789012:pager";
  config.archive_uri = "s3://production/processed";
  config.normalize_workers = 8;
  const Config demo = DemoConfig(config, "/data/demo", "127.0.0.1:4242");
  EXPECT_EQ(demo.kafka.bootstrap_servers, "127.0.0.1:4242");
  EXPECT_TRUE(demo.kafka.properties.empty());
  EXPECT_EQ(demo.sns_topic_arn, "");
  EXPECT_EQ(demo.archive_uri, "file:///data/demo");
}

}  // namespace
}  // namespace ntsp::app
