#include "observe/http_post.h"

#include <gtest/gtest.h>

#include "aws/http_server_fake.h"
#include "base/socket_options_fake.h"

namespace ntsp::observe {
namespace {

TEST(HttpPost, notices_a_receiver_that_vanishes_without_a_word) {
  aws::FakeHttpServer server([](const aws::HttpRequest&) { return aws::HttpAnswer{}; });
  HttpPost::Options options;
  options.url = server.Url();
  const auto post = HttpPost::Make(std::move(options));
  ASSERT_TRUE(post) << post.error().message;
  EXPECT_EQ((*post)->Send("{}", false, [] { return false; }).status, 200);
  ExpectDeadPeersNoticed(server.port());  // the connection is kept for the next one
}

}  // namespace
}  // namespace ntsp::observe
