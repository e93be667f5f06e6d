#include "aws/s3_client.h"

#include <gmock/gmock.h>

#include "aws/http_server_fake.h"

namespace ntsp::aws {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

S3Options OptionsFor(const std::string& endpoint) {
  S3Options options;
  options.region = "us-east-1";
  options.endpoint = endpoint;
  options.credentials.keys = {"AKIDEXAMPLE", "secret", "session"};
  options.attempts = 1;
  options.connect_timeout = std::chrono::seconds(1);
  options.stall_timeout = std::chrono::seconds(1);
  return options;
}

std::unique_ptr<S3Client> ClientFor(const std::string& endpoint) {
  auto client = S3Client::Make(OptionsFor(endpoint));
  EXPECT_TRUE(client.has_value()) << client.error().message;
  return *std::move(client);
}

std::string ErrorBody(const std::string& code) {
  return "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>because so</Message></Error>";
}

// What Put says when every request is answered like this.
Error PutAgainst(HttpAnswer answer) {
  FakeHttpServer server([&](const HttpRequest&) { return answer; });
  const auto put = ClientFor(server.Url())->Put("bucket", "key", "bytes");
  EXPECT_FALSE(put.has_value());
  return put.has_value() ? Error{} : put.error();
}

TEST(S3Client, a_small_object_is_one_signed_put_with_its_whole_key) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{}; });
  const auto put =
      ClientFor(server.Url())->Put("bucket", "processed/dt=2026-11-23/hour=15/a b+c.parquet", "the bytes");
  ASSERT_TRUE(put.has_value()) << put.error().message;
  ASSERT_EQ(server.Requests().size(), 1u);
  HttpRequest request = server.Requests().front();
  EXPECT_THAT(request.line, StartsWith("PUT /bucket/processed/dt%3D2026-11-23/hour%3D15/a%20b%2Bc.parquet "));
  EXPECT_THAT(request.headers["authorization"], HasSubstr("Credential=AKIDEXAMPLE/"));
  EXPECT_EQ(request.headers["x-amz-security-token"], "session");
  EXPECT_THAT(request.body, HasSubstr("the bytes"));
}

TEST(S3Client, a_missing_bucket_is_a_retry_that_says_so) {
  const Error error = PutAgainst({404, ErrorBody("NoSuchBucket")});
  EXPECT_EQ(error.kind, ErrorKind::kRetry);
  EXPECT_THAT(error.message, HasSubstr("the bucket does not exist"));
  EXPECT_THAT(error.message, HasSubstr("s3://bucket/key"));
}

TEST(S3Client, denied_access_names_the_permissions) {
  const Error error = PutAgainst({403, ErrorBody("AccessDenied")});
  EXPECT_EQ(error.kind, ErrorKind::kRetry);
  EXPECT_THAT(error.message, HasSubstr("s3:PutObject"));
}

TEST(S3Client, an_expired_session_says_what_to_renew) {
  EXPECT_THAT(PutAgainst({400, ErrorBody("ExpiredToken")}).message, HasSubstr("AWS_SESSION_TOKEN"));
}

TEST(S3Client, a_failing_service_is_a_retry) {
  EXPECT_EQ(PutAgainst({500, ErrorBody("InternalError")}).kind, ErrorKind::kRetry);
  EXPECT_EQ(PutAgainst({503, ErrorBody("SlowDown")}).kind, ErrorKind::kRetry);
}

TEST(S3Client, a_service_that_never_answers_is_a_retry) {
  EXPECT_EQ(PutAgainst({200, "", true}).kind, ErrorKind::kRetry);
}

TEST(S3Client, an_endpoint_where_nobody_listens_is_a_retry_that_names_the_setting) {
  const auto put = ClientFor("http://127.0.0.1:1")->Put("bucket", "key", "bytes");
  ASSERT_FALSE(put.has_value());
  EXPECT_EQ(put.error().kind, ErrorKind::kRetry);
  EXPECT_THAT(put.error().message, HasSubstr("AWS_ENDPOINT_URL_S3"));
}

TEST(S3Client, an_object_that_is_not_there_is_no_error_for_exists_and_a_reject_for_get) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{404, ""}; });
  const auto client = ClientFor(server.Url());
  const auto exists = client->Exists("bucket", "key");
  ASSERT_TRUE(exists.has_value()) << exists.error().message;
  EXPECT_FALSE(*exists);
  const auto got = client->Get("bucket", "key");
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().kind, ErrorKind::kReject);
}

// What AWS answers to whoever may read objects and list a prefix, but not the whole bucket: 403 to a question
// for an object that is not there, as the question names no prefix.
HttpAnswer OfLimitedRights(const HttpRequest& request, bool may_list) {
  if (request.line.starts_with("HEAD ")) return {403, ""};
  if (!may_list) return {403, ErrorBody("AccessDenied")};
  return {
      200,
      "<?xml version=\"1.0\"?><ListBucketResult><Name>bucket</Name><Prefix>f/</Prefix><KeyCount>1</KeyCount>"
      "<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents><Key>f/there</Key><Size>1</Size>"
      "<LastModified>2026-11-23T00:00:00.000Z</LastModified><ETag>\"0\"</ETag></Contents></"
      "ListBucketResult>"};
}

TEST(S3Client, exists_is_answered_by_the_list_where_only_a_prefix_may_be_listed) {
  FakeHttpServer server([](const HttpRequest& request) { return OfLimitedRights(request, true); });
  const auto client = ClientFor(server.Url());
  for (const auto& [key, there] : {std::pair{"f/there", true}, std::pair{"f/missing", false}}) {
    const auto exists = client->Exists("bucket", key);
    ASSERT_TRUE(exists.has_value()) << exists.error().message;
    EXPECT_EQ(*exists, there) << key;
  }
}

TEST(S3Client, exists_is_not_answered_where_nothing_may_be_listed) {
  FakeHttpServer server([](const HttpRequest& request) { return OfLimitedRights(request, false); });
  const auto exists = ClientFor(server.Url())->Exists("bucket", "f/missing");
  ASSERT_FALSE(exists.has_value());
  EXPECT_THAT(exists.error().message, HasSubstr("s3:ListBucket"));
}

TEST(S3Client, exists_is_not_answered_when_the_service_fails) {
  FakeHttpServer server([](const HttpRequest&) { return HttpAnswer{503, ""}; });
  EXPECT_FALSE(ClientFor(server.Url())->Exists("bucket", "key").has_value());
}

TEST(S3Client, impossible_options_stop) {
  const auto client = S3Client::Make(OptionsFor("not a url"));
  ASSERT_FALSE(client.has_value());
  EXPECT_EQ(client.error().kind, ErrorKind::kStop);
}

}  // namespace
}  // namespace ntsp::aws
