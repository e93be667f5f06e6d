#include "aws/s3_error.h"

#include <gmock/gmock.h>

namespace ntsp::aws {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(S3ErrorName, is_taken_out_of_arrows_text) {
  EXPECT_EQ(S3ErrorName("When doing x: AWS Error NO_SUCH_BUCKET during PutObject operation: gone"),
            "NO_SUCH_BUCKET");
  EXPECT_EQ(S3ErrorName("disk full"), "");
}

TEST(ExplainS3Error, says_what_was_tried_what_to_do_and_what_the_service_said) {
  const std::string text =
      ExplainS3Error("writing s3://b/k", "b", "AWS Error ACCESS_DENIED during PutObject: no\nway");
  EXPECT_THAT(text, HasSubstr("writing s3://b/k failed: "));
  EXPECT_THAT(text, HasSubstr("s3:PutObject"));
  EXPECT_THAT(text, HasSubstr("no way"));
  EXPECT_THAT(text, Not(HasSubstr("\n")));
}

TEST(ExplainS3Error, finds_codes_that_the_sdk_does_not_know) {
  EXPECT_THAT(
      ExplainS3Error("x", "b", "AWS Error UNKNOWN (HTTP status 400) during PutObject: ExpiredToken: old"),
      HasSubstr("AWS_SESSION_TOKEN"));
}

TEST(ExplainS3Error, tells_a_certificate_that_is_not_trusted_from_a_network_that_is_away) {
  EXPECT_THAT(
      ExplainS3Error("x", "b", "AWS Error NETWORK_CONNECTION during PutObject: curlCode: 60, SSL peer"),
      HasSubstr("AWS_CA_BUNDLE"));
  EXPECT_THAT(ExplainS3Error("x", "b", "AWS Error NETWORK_CONNECTION during PutObject: curlCode: 7, refused"),
              HasSubstr("firewall"));
}

TEST(ExplainS3Error, shows_an_error_without_advice_as_it_is) {
  EXPECT_EQ(ExplainS3Error("reading s3://b/k", "b", "disk full"), "reading s3://b/k failed: disk full");
}

}  // namespace
}  // namespace ntsp::aws
