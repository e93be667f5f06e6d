#include "observe/http_server.h"

#include <gmock/gmock.h>
#include <httplib.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace ntsp::observe {
namespace {

using testing::HasSubstr;

std::unique_ptr<HttpServer> StartServer(HttpRoutes routes, const std::string& listen = "127.0.0.1:0") {
  HttpServer::Options options;
  options.listen = listen;
  auto server = HttpServer::Start(options, std::move(routes));
  EXPECT_TRUE(server) << server.error().message;
  return server ? std::move(*server) : nullptr;
}

class HttpServerTest : public testing::Test {
 protected:
  HttpRoutes Routes() {
    return {{"/metrics",
             [] {
               return HttpResponse{"m 1\n", "text/plain; version=0.0.4"};
             }},
            {"/readyz", [] {
               return HttpResponse{"{}", "application/json", 503};
             }}};
  }

  std::unique_ptr<HttpServer> server_ = StartServer(Routes());
  httplib::Client client_{"127.0.0.1", server_->port()};
};

TEST_F(HttpServerTest, answers_with_the_routes_body_type_and_status) {
  const auto metrics = client_.Get("/metrics");
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->status, 200);
  EXPECT_EQ(metrics->body, "m 1\n");
  EXPECT_EQ(metrics->get_header_value("Content-Type"), "text/plain; version=0.0.4");
  const auto ready = client_.Get("/readyz?verbose=1");
  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->status, 503);
  EXPECT_EQ(ready->body, "{}");
}

TEST_F(HttpServerTest, head_has_the_length_and_no_body) {
  const auto head = client_.Head("/metrics");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(head->get_header_value("Content-Length"), "4");
}

TEST_F(HttpServerTest, an_unknown_path_is_404) {
  for (const char* path : {"/", "/metrics/", "/../metrics", "/nothing"}) {
    const auto answer = client_.Get(path);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, 404) << path;
  }
}

TEST_F(HttpServerTest, other_methods_are_405_and_say_what_is_allowed) {
  for (const auto& answer : {client_.Post("/metrics", "x", "text/plain"), client_.Delete("/metrics"),
                             client_.Options("/metrics"), client_.Put("/nothing", "", "text/plain")}) {
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 405);
    EXPECT_EQ(answer->get_header_value("Allow"), "GET, HEAD");
  }
}

TEST_F(HttpServerTest, every_answer_carries_the_security_headers) {
  for (const char* path : {"/metrics", "/nothing"}) {
    const auto answer = client_.Get(path);
    ASSERT_TRUE(answer);
    EXPECT_THAT(answer->get_header_value("Content-Security-Policy"), HasSubstr("default-src 'self'"));
    EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer->get_header_value("Cache-Control"), "no-store");
  }
}

TEST_F(HttpServerTest, a_port_in_use_is_an_error_that_names_the_setting) {
  HttpServer::Options options;
  options.listen = "127.0.0.1:" + std::to_string(server_->port());
  const auto second = HttpServer::Start(options, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kStop);
  EXPECT_THAT(second.error().message, HasSubstr("HTTP_LISTEN=" + options.listen));
  EXPECT_THAT(second.error().message, HasSubstr("Address already in use"));
}

TEST_F(HttpServerTest, the_port_is_free_again_after_stop) {
  const std::string address = "127.0.0.1:" + std::to_string(server_->port());
  server_->Stop();
  server_->Stop();
  EXPECT_FALSE(client_.Get("/metrics"));
  EXPECT_NE(StartServer({}, address), nullptr);
}

TEST(HttpServer, stops_right_after_start_and_with_an_idle_connection) {
  for (int i = 0; i < 20; ++i) StartServer({});
  const auto server = StartServer({{"/", [] { return HttpResponse{}; }}});
  httplib::Client client("127.0.0.1", server->port());
  client.set_keep_alive(true);
  EXPECT_TRUE(client.Get("/"));
  server->Stop();
}

TEST(HttpServer, serves_more_clients_than_it_has_threads) {
  std::atomic<int> calls{0};
  const auto server = StartServer({{"/", [&] {
                                      ++calls;
                                      return HttpResponse{"x"};
                                    }}});
  std::vector<std::thread> clients;
  for (int i = 0; i < 12; ++i) {
    clients.emplace_back([&] { EXPECT_TRUE(httplib::Client("127.0.0.1", server->port()).Get("/")); });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(calls, 12);
}

TEST(HttpServer, a_handler_that_throws_is_a_500_and_the_server_goes_on) {
  const auto server = StartServer({{"/bad", []() -> HttpResponse { throw std::runtime_error("secret"); }},
                                   {"/good", [] { return HttpResponse{"x"}; }}});
  httplib::Client client("127.0.0.1", server->port());
  const auto bad = client.Get("/bad");
  ASSERT_TRUE(bad);
  EXPECT_EQ(bad->status, 500);
  for (const auto& [name, value] : bad->headers) EXPECT_EQ(value.find("secret"), std::string::npos) << name;
  EXPECT_TRUE(client.Get("/good"));
}

TEST(ParseHttpEndpoint, takes_names_and_both_address_families) {
  EXPECT_EQ(ParseHttpEndpoint("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(ParseHttpEndpoint("localhost:0")->host, "localhost");
  EXPECT_EQ(ParseHttpEndpoint("[::1]:65535")->host, "::1");
}

TEST(ParseHttpEndpoint, refuses_anything_else_by_the_settings_name) {
  for (const char* text :
       {"", "8080", ":8080", "host:", "host:x", "host:-1", "host:65536", "host:80 ", "::1:80", "[]:80"}) {
    const auto endpoint = ParseHttpEndpoint(text);
    ASSERT_FALSE(endpoint) << text;
    EXPECT_THAT(endpoint.error().message, HasSubstr("HTTP_LISTEN=" + std::string(text) + ":"));
  }
}

}  // namespace
}  // namespace ntsp::observe
