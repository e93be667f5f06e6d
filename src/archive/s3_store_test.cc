#include "archive/s3_store.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "aws/http_server_fake.h"
#include "aws/sdk.h"

namespace ntsp::archive {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class Sdk : public testing::Environment {
 public:
  void SetUp() override { setenv("AWS_EC2_METADATA_DISABLED", "true", 1); }
  void TearDown() override { aws::StopSdk(); }
};

[[maybe_unused]] const auto* const kSdk = testing::AddGlobalTestEnvironment(new Sdk);

std::unique_ptr<S3Store> StoreAt(const std::string& endpoint, std::string_view prefix) {
  aws::S3Options options;
  options.region = "us-east-1";
  options.endpoint = endpoint;
  options.credentials.keys = {"AKIDEXAMPLE", "secret", ""};
  options.attempts = 1;
  auto client = aws::S3Client::Make(options);
  EXPECT_TRUE(client.has_value()) << client.error().message;
  auto store = S3Store::Make("bucket", prefix, *std::move(client));
  EXPECT_TRUE(store.has_value()) << store.error().message;
  return *std::move(store);
}

TEST(S3Store, puts_below_its_prefix) {
  aws::FakeHttpServer server([](const aws::HttpRequest&) { return aws::HttpAnswer{}; });
  ASSERT_TRUE(StoreAt(server.Url(), "/processed/")->Put("a/k", "x").has_value());
  EXPECT_THAT(server.Requests().front().line, StartsWith("PUT /bucket/processed/a/k "));
}

TEST(S3Store, lists_keys_without_its_prefix) {
  aws::FakeHttpServer server([](const aws::HttpRequest&) {
    return aws::HttpAnswer{
        200,
        "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated>"
        "<Contents><Key>processed/a/k1</Key><Size>1</Size></Contents>"
        "<Contents><Key>processed/a/other</Key><Size>1</Size></Contents></ListBucketResult>"};
  });
  const auto keys = StoreAt(server.Url(), "processed")->List("a/k");
  ASSERT_TRUE(keys.has_value()) << keys.error().message;
  EXPECT_THAT(*keys, UnorderedElementsAre("a/k1"));
}

TEST(S3Store, says_where_it_is) {
  EXPECT_EQ(StoreAt("http://127.0.0.1:1", "processed")->Uri(), "s3://bucket/processed");
  EXPECT_EQ(StoreAt("http://127.0.0.1:1", "")->Uri(), "s3://bucket");
}

TEST(S3Store, an_impossible_bucket_stops_and_names_the_setting) {
  const auto store = S3Store::Make("no/bucket", "", nullptr);
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().kind, ErrorKind::kStop);
  EXPECT_THAT(store.error().message, HasSubstr("AWS_S3_BUCKET"));
}

}  // namespace
}  // namespace ntsp::archive
