#include "aws/sns_publisher.h"

#include <gmock/gmock.h>

#include "aws/http_server_fake.h"
#include "base/socket_options_fake.h"

namespace ntsp::aws {
namespace {

using ::testing::HasSubstr;

Result<Credentials> Keys() {
  return Credentials{"AKIDEXAMPLE", "secret", "session"};
}

std::unique_ptr<SnsPublisher> PublisherFor(
    const std::string& endpoint, CredentialSource credentials = &Keys,
    std::chrono::milliseconds timeout = std::chrono::milliseconds(60'000)) {
  SnsOptions options{"arn:aws:sns:eu-central-1:123456789012:alerts", endpoint, timeout, ""};
  auto publisher = SnsPublisher::Make(std::move(options), std::move(credentials));
  EXPECT_TRUE(publisher.has_value()) << publisher.error().message;
  return *std::move(publisher);
}

TEST(SnsPublisher, sends_one_signed_form) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{}; });
  const Notification notification{"archive failing", "{\"é\":1}", {{"kind", "archive-failing"}}, ""};
  const auto published = PublisherFor(server.Url())->Publish(notification);
  ASSERT_TRUE(published.has_value()) << published.error().message;
  ASSERT_EQ(server.Requests().size(), 1u);
  HttpRequest request = server.Requests().front();
  EXPECT_EQ(request.line, "POST / HTTP/1.1");
  EXPECT_EQ(request.body,
            PublishForm(*ParseTopicArn("arn:aws:sns:eu-central-1:123456789012:alerts"), notification));
  EXPECT_EQ(request.headers["content-type"], "application/x-www-form-urlencoded");
  EXPECT_THAT(request.headers["authorization"], HasSubstr("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
  EXPECT_THAT(request.headers["authorization"], HasSubstr("/eu-central-1/sns/aws4_request"));
  EXPECT_THAT(request.headers["authorization"], HasSubstr("x-amz-security-token"));
  EXPECT_EQ(request.headers["x-amz-security-token"], "session");
}

TEST(SnsPublisher, the_largest_message_is_sent_without_asking_first) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{}; });
  const auto published =
      PublisherFor(server.Url())->Publish({"s", std::string(kMaxMessageBytes, '"'), {}, ""});
  ASSERT_TRUE(published.has_value()) << published.error().message;
  EXPECT_FALSE(server.Requests().front().headers.contains("expect"));
}

TEST(SnsPublisher, notices_a_server_that_vanishes_without_a_word) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{}; });
  const auto publisher = PublisherFor(server.Url());
  ASSERT_TRUE(publisher->Publish({"s", "m", {}, ""}));
  ExpectDeadPeersNoticed(server.port());  // the connection is kept for the next one
}

TEST(SnsPublisher, refuses_messages_that_sns_would_refuse) {
  const auto publisher = PublisherFor("http://127.0.0.1:1");
  EXPECT_EQ(publisher->Publish({"s", "", {}, ""}).error().kind, ErrorKind::kReject);
  EXPECT_EQ(publisher->Publish({"s", std::string(kMaxMessageBytes + 1, 'x'), {}, ""}).error().kind,
            ErrorKind::kReject);
}

TEST(SnsPublisher, uses_the_keys_of_the_moment) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{}; });
  int calls = 0;
  const auto publisher = PublisherFor(server.Url(), [&]() -> Result<Credentials> {
    return Credentials{"KEY" + std::to_string(++calls), "secret", ""};
  });
  ASSERT_TRUE(publisher->Publish({"s", "m", {}, ""}).has_value());
  ASSERT_TRUE(publisher->Publish({"s", "m", {}, ""}).has_value());
  EXPECT_THAT(server.Requests().at(1).headers["authorization"], HasSubstr("Credential=KEY2/"));
  EXPECT_FALSE(server.Requests().at(1).headers.contains("x-amz-security-token"));
}

TEST(SnsPublisher, without_credentials_nothing_is_sent) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{}; });
  const auto publisher =
      PublisherFor(server.Url(), []() -> Result<Credentials> { return Retry("no keys today"); });
  EXPECT_EQ(publisher->Publish({"s", "m", {}, ""}).error().message, "no keys today");
  EXPECT_TRUE(server.Requests().empty());
}

TEST(SnsPublisher, a_refusal_says_what_to_do) {
  FakeHttpServer server([](const HttpRequest&) {
    return HttpAnswer{403, "<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>"};
  });
  const auto published = PublisherFor(server.Url())->Publish({"s", "m", {}, ""});
  ASSERT_FALSE(published.has_value());
  EXPECT_EQ(published.error().kind, ErrorKind::kStop);
  EXPECT_THAT(published.error().message, HasSubstr("sns:Publish"));
}

TEST(SnsPublisher, a_service_that_never_answers_is_a_retry) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{200, "", true}; });
  const auto publisher = PublisherFor(server.Url(), &Keys, std::chrono::milliseconds(500));
  const auto published = publisher->Publish({"s", "m", {}, ""});
  ASSERT_FALSE(published.has_value());
  EXPECT_EQ(published.error().kind, ErrorKind::kRetry);
}

TEST(SnsPublisher, an_endpoint_where_nobody_listens_is_a_retry_that_names_the_setting) {
  const auto published = PublisherFor("http://127.0.0.1:1")->Publish({"s", "m", {}, ""});
  ASSERT_FALSE(published.has_value());
  EXPECT_EQ(published.error().kind, ErrorKind::kRetry);
  EXPECT_THAT(published.error().message, HasSubstr("AWS_ENDPOINT_URL_SNS"));
}

TEST(SnsPublisher, a_huge_answer_is_taken_without_growing) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{500, std::string(1 << 20, 'x')}; });
  const auto published = PublisherFor(server.Url())->Publish({"s", "m", {}, ""});
  ASSERT_FALSE(published.has_value());
  EXPECT_THAT(published.error().message, HasSubstr("HTTP 500"));
}

TEST(SnsPublisher, impossible_options_stop) {
  EXPECT_FALSE(SnsPublisher::Make({"alerts", "", {}, ""}, &Keys).has_value());
  EXPECT_FALSE(SnsPublisher::Make({"arn:aws:sns:r:1:t", "host", {}, ""}, &Keys).has_value());
}

}  // namespace
}  // namespace ntsp::aws
