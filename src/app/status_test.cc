#include "app/status.h"

#include <gmock/gmock.h>

#include "app/healthcheck_command.h"
#include "observe/http_server.h"

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Status, tells_stages_health_and_counters) {
  observe::Metrics metrics;
  metrics.GetCounter("ntsp_publish_records_total", "", {{"table", "node"}}).Add(3);
  metrics.GetCounter("ntsp_publish_records_total", "", {{"table", "address"}}).Add(4);
  Config config;
  config.instance_id = "probe-1";
  const std::string json =
      StatusJson({config, metrics, {true, R"({"status":"ready"})"}, std::chrono::seconds(90), true, false});
  EXPECT_THAT(json, HasSubstr(R"("instance":"probe-1","uptime_seconds":90,"stages":["normalize"])"));
  EXPECT_THAT(json, HasSubstr(R"("health":{"status":"ready"})"));
  EXPECT_THAT(json, HasSubstr(R"("messages":0,"records":7,)"));
  EXPECT_THAT(json, HasSubstr(R"("records":{"node":3,"interface":0,"address":4})"));
}

TEST(Status, secrets_in_addresses_and_hostile_texts_do_no_harm) {
  observe::Metrics metrics;
  Config config;
  Status status{config, metrics, {true, "{}"}};
  const std::vector<Effective> settings = {
      {"AWS_ENDPOINT_URL", "https://user:hunter2@s3.example.net/x", Source::kEnvironment}};
  status.settings = settings;
  status.dead_letters = {{{},
                          RejectKind::kInvalidUtf8,
                          "not \"readable\"",
                          "raw/0@1",
                          "n</script>",
                          std::string("\xff\0\"", 3)}};
  const std::string json = StatusJson(status);
  EXPECT_THAT(json, Not(HasSubstr("hunter2")));
  EXPECT_THAT(json, HasSubstr("https://user:***@s3.example.net/x"));
  EXPECT_THAT(json, HasSubstr("\"sample\":\"\xef\xbf\xbd\\u0000\\\"\""));
  EXPECT_THAT(json, HasSubstr(R"("message":"not \"readable\"","where":"raw/0@1","node":"n</script>")"));
}

TEST(Status, lists_the_partitions_that_are_behind_most_and_no_more_than_some) {
  observe::Metrics metrics;
  Config config;
  Status status{config, metrics, {true, "{}"}};
  for (int i = 0; i < 1000; ++i) {
    status.archive_partitions.push_back({"t", std::to_string(i), static_cast<double>(i), 3.0});
  }
  const std::string json = StatusJson(status);
  EXPECT_THAT(
      json,
      HasSubstr(
          R"("archive":{"count":1000,"list":[{"topic":"t","partition":"999","lag":999,"idle_seconds":3})"));
  EXPECT_THAT(json, HasSubstr(R"("partition":"744")"));
  EXPECT_THAT(json, Not(HasSubstr(R"("partition":"743")")));
}

class HealthcheckTest : public ::testing::Test {
 protected:
  std::string Listen(int status) {
    observe::HttpRoutes routes = {{"/livez", [status]() -> observe::HttpResponse {
                                     return {
                                         .body = "{}", .content_type = "application/json", .status = status};
                                   }}};
    observe::HttpServer::Options options;
    options.listen = "127.0.0.1:0";
    server_ = std::move(*observe::HttpServer::Start(options, std::move(routes)));
    return "0.0.0.0:" + std::to_string(server_->port());
  }
  static int Check(const std::string& listen) {
    Config config;
    config.http_listen = listen;
    return HealthcheckCommand(config);
  }

  std::unique_ptr<observe::HttpServer> server_;
};

TEST_F(HealthcheckTest, is_well_when_the_service_lives) {
  EXPECT_EQ(Check(Listen(200)), 0);
}
TEST_F(HealthcheckTest, fails_when_the_service_is_dead) {
  EXPECT_EQ(Check(Listen(503)), 1);
}
TEST_F(HealthcheckTest, fails_when_nobody_listens) {
  const std::string listen = Listen(200);
  server_.reset();
  EXPECT_EQ(Check(listen), 1);
}
TEST_F(HealthcheckTest, fails_when_there_is_nothing_to_ask) {
  EXPECT_EQ(Check(""), 1);
}

}  // namespace
}  // namespace ntsp::app
