#include "aws/msk_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "aws/presign.h"
#include "base/sha256.h"

namespace ntsp::aws {
namespace {

using testing::HasSubstr;
using testing::Not;

const Credentials kKeys{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "session"};
constexpr Timestamp kNow{1369353600'000000};

std::string Decoded(const std::string& token) {
  static const std::string kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string bytes;
  unsigned held = 0;
  int bits = 0;
  for (const char c : token) {
    held = held << 6 | static_cast<unsigned>(kDigits.find(c));
    if ((bits += 6) >= 8) bytes += static_cast<char>(held >> (bits -= 8) & 255);
  }
  return bytes;
}

TEST(MskToken, is_a_presigned_connect_of_the_region) {
  const std::string url = Decoded(MskToken("eu-central-1", kKeys, kNow, std::chrono::seconds(900)));
  EXPECT_TRUE(
      url.starts_with("https://kafka.eu-central-1.amazonaws.com/?Action=kafka-cluster%3AConnect&"
                      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524"
                      "%2Feu-central-1%2Fkafka-cluster%2Faws4_request&X-Amz-Date=20130524T000000Z&"
                      "X-Amz-Expires=900&X-Amz-Security-Token=session&X-Amz-SignedHeaders=host&"
                      "X-Amz-Signature="))
      << url;
  EXPECT_TRUE(url.ends_with("&User-Agent=ntsp"));
  EXPECT_THAT(url, Not(HasSubstr(kKeys.secret_key)));
}

TEST(MskToken, has_no_padding) {
  EXPECT_EQ(MskToken("eu-west-1", kKeys, kNow, std::chrono::seconds(900)).find('='), std::string::npos);
}

TEST(MskToken, another_time_gives_another_token) {
  EXPECT_NE(MskToken("eu-west-1", kKeys, kNow, std::chrono::seconds(900)),
            MskToken("eu-west-1", kKeys, Timestamp{kNow.micros + 1'000'000}, std::chrono::seconds(900)));
}

TEST(MskTokenUse, ends_before_temporary_keys_can_have_expired) {
  constexpr std::chrono::seconds kLifetime{900}, kLeastLeft{5};
  EXPECT_LT(MskTokenUse(kKeys, kLifetime), kLeastLeft);
  const Credentials lasting{.access_key = "AKIDEXAMPLE", .secret_key = "secret", .session_token = ""};
  EXPECT_EQ(MskTokenUse(lasting, kLifetime), kLifetime);
}

TEST(MskRegion, is_in_the_brokers_name) {
  EXPECT_EQ(MskRegion("b-1.demo.ab12cd.c3.kafka.eu-central-1.amazonaws.com:9098"), "eu-central-1");
  EXPECT_EQ(MskRegion("boot-ab12.c3.kafka-serverless.us-east-1.amazonaws.com:9098"), "us-east-1");
  EXPECT_EQ(MskRegion("own.example:9098,b-2.demo.ab.c3.kafka.us-west-2.amazonaws.com:9098"), "us-west-2");
}

TEST(MskRegion, other_names_have_none) {
  EXPECT_EQ(MskRegion("localhost:9098"), std::nullopt);
  EXPECT_EQ(MskRegion("kafka.example.com:9098"), std::nullopt);
  EXPECT_EQ(MskRegion("b.kafka.a,b.amazonaws.com:9098"), std::nullopt);
}

}  // namespace
}  // namespace ntsp::aws
