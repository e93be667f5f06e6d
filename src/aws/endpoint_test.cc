#include "aws/endpoint.h"

#include <gmock/gmock.h>

namespace ntsp::aws {
namespace {

TEST(ParseEndpoint, takes_scheme_host_and_port) {
  const auto endpoint = ParseEndpoint("http://127.0.0.1:9000/");
  ASSERT_TRUE(endpoint.has_value());
  EXPECT_EQ(endpoint->scheme, "http");
  EXPECT_EQ(endpoint->authority, "127.0.0.1:9000");
  EXPECT_EQ(ParseEndpoint("https://s3.example")->Url(), "https://s3.example");
}

TEST(ParseEndpoint, refuses_everything_else_and_shows_it) {
  for (const std::string_view url :
       {"", "localhost:9000", "ftp://host", "http://", "http://host/path", "http://host?q"}) {
    const auto endpoint = ParseEndpoint(url);
    ASSERT_FALSE(endpoint.has_value()) << url;
    EXPECT_EQ(endpoint.error().kind, ErrorKind::kStop);
    EXPECT_THAT(endpoint.error().message, testing::HasSubstr("'" + std::string(url) + "'"));
  }
}

TEST(ParseEndpoint, never_shows_a_password) {
  for (const std::string_view url :
       {"http://user:hunter2@host", "user:hunter2@host", "ftp://u:hunter2@host"}) {
    const auto endpoint = ParseEndpoint(url);
    ASSERT_FALSE(endpoint.has_value()) << url;
    EXPECT_THAT(endpoint.error().message, testing::Not(testing::HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace ntsp::aws
