#include "aws/presign.h"

#include <gtest/gtest.h>

#include "base/sha256.h"

namespace ntsp::aws {
namespace {

// The example of AWS's documents: "Authenticating Requests: Using Query Parameters (AWS Signature Version
// 4)", with each step of the algorithm.
const Credentials kKeys{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""};
const Presign kExample{.host = "examplebucket.s3.amazonaws.com",
                       .path = "/test.txt",
                       .query = {},
                       .region = "us-east-1",
                       .service = "s3",
                       .now = Timestamp{1369353600'000000},  // 2013-05-24T00:00:00Z
                       .lifetime = std::chrono::seconds(86400),
                       .payload_hash = "UNSIGNED-PAYLOAD"};

TEST(Presign, the_canonical_request_is_that_of_the_example) {
  EXPECT_EQ(CanonicalRequest(kExample, kKeys),
            "GET\n"
            "/test.txt\n"
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1"
            "%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\n"
            "host:examplebucket.s3.amazonaws.com\n"
            "\n"
            "host\n"
            "UNSIGNED-PAYLOAD");
}

TEST(Presign, the_string_to_sign_is_that_of_the_example) {
  EXPECT_EQ(StringToSign(kExample, kKeys),
            "AWS4-HMAC-SHA256\n"
            "20130524T000000Z\n"
            "20130524/us-east-1/s3/aws4_request\n"
            "3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04");
}

TEST(Presign, the_signature_is_that_of_the_example) {
  EXPECT_TRUE(PresignedUrl(kExample, kKeys)
                  .ends_with("&X-Amz-Signature="
                             "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"))
      << PresignedUrl(kExample, kKeys);
}

TEST(Presign, a_session_token_is_signed_too) {
  Credentials temporary = kKeys;
  temporary.session_token = "a/token==";
  EXPECT_NE(CanonicalRequest(kExample, temporary).find("&X-Amz-Security-Token=a%2Ftoken%3D%3D&X-Amz-Signed"),
            std::string::npos);
}

}  // namespace
}  // namespace ntsp::aws
