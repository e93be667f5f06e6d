#include "app/status.h"

#include <gmock/gmock.h>

#include "app/healthcheck_command.h"
#include "observe/http_server.h"

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;

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
