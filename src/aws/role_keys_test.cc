#include "aws/role_keys.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "aws/http_server_fake.h"
#include "aws/s3_client.h"

namespace ntsp::aws {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::string Answer(const std::string& key, Timestamp expires) {
  return "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>" +
         key + "</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token/" + key +
         "==</SessionToken><Expiration>" + ToText(expires) +
         "</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>";
}

// STS that gives keys for an hour, KEY1, KEY2 and so on.
class RoleKeysTest : public testing::Test {
 protected:
  RoleKeysTest() : file_(testing::TempDir() + "/token-" + std::to_string(getpid())) { SetToken("jwt-1\n"); }
  ~RoleKeysTest() override { std::filesystem::remove(file_); }

  void SetToken(const std::string& token) { std::ofstream(file_) << token; }

  HttpAnswer Give() {
    if (status != 200)
      return {status, "<ErrorResponse><Error><Code>" + code + "</Code></Error></ErrorResponse>"};
    Timestamp expires = clock.WallTime();
    expires.micros += std::chrono::microseconds(life).count();
    return {200, Answer("KEY" + std::to_string(++given), expires)};
  }

  WebIdentity Identity() const {
    return {.token_file = file_,
            .role_arn = "arn:aws:iam::123456789012:role/ntsp",
            .session_name = "ntsp-one",
            .endpoint = server.Url(),
            .timeout = std::chrono::milliseconds(1000)};
  }

  std::unique_ptr<RoleKeys> Make() {
    auto made = RoleKeys::Make(Identity(), clock);
    EXPECT_TRUE(made) << made.error().message;
    return *std::move(made);
  }

  FakeClock clock;
  std::atomic<int> given{0};
  std::atomic<int> status{200};
  std::string code = "AccessDenied";
  seconds life{3600};
  FakeHttpServer server{[this](const HttpRequest&) { return Give(); }};

 private:
  const std::string file_;
};

TEST_F(RoleKeysTest, asks_sts_with_the_token_of_the_file) {
  const auto keys = Make()->Get();
  ASSERT_TRUE(keys) << keys.error().message;
  EXPECT_EQ(*keys, (Credentials{"KEY1", "secret", "token/KEY1=="}));
  ASSERT_EQ(server.Requests().size(), 1u);
  const HttpRequest asked = server.Requests()[0];
  EXPECT_EQ(asked.line, "POST / HTTP/1.1");
  EXPECT_EQ(asked.body,
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3A"
            "role%2Fntsp&RoleSessionName=ntsp-one&WebIdentityToken=jwt-1");
  EXPECT_FALSE(asked.headers.contains("authorization"));
}

TEST_F(RoleKeysTest, keeps_keys_until_five_minutes_before_they_expire_and_reads_the_token_anew) {
  const auto role = Make();
  ASSERT_TRUE(role->Get());
  clock.Advance(minutes(54));
  EXPECT_EQ(role->Get()->access_key, "KEY1");
  SetToken("jwt-2");
  clock.Advance(minutes(2));
  EXPECT_EQ(role->Get()->access_key, "KEY2");
  EXPECT_EQ(role->Get()->access_key, "KEY2");
  ASSERT_EQ(server.Requests().size(), 2u);
  EXPECT_THAT(server.Requests()[1].body, HasSubstr("WebIdentityToken=jwt-2"));
}

TEST_F(RoleKeysTest, keys_of_a_short_life_are_renewed_after_two_thirds_of_it) {
  life = seconds(60);
  const auto role = Make();
  ASSERT_TRUE(role->Get());
  clock.Advance(seconds(39));
  EXPECT_EQ(role->Get()->access_key, "KEY1");
  clock.Advance(seconds(2));
  EXPECT_EQ(role->Get()->access_key, "KEY2");
}

TEST_F(RoleKeysTest, while_sts_fails_the_old_keys_serve_as_long_as_they_are_good) {
  const auto role = Make();
  ASSERT_TRUE(role->Get());
  status = 503;
  clock.Advance(minutes(58));
  EXPECT_EQ(role->Get()->access_key, "KEY1");
  EXPECT_EQ(role->Get()->access_key, "KEY1");
  EXPECT_EQ(server.Requests().size(), 2u) << "it has just failed";
  clock.Advance(minutes(3));
  const auto late = role->Get();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::kRetry);
  status = 200;
  clock.Advance(seconds(3));
  EXPECT_EQ(role->Get()->access_key, "KEY2");
}

TEST_F(RoleKeysTest, a_refusal_says_what_to_look_at_and_not_the_token) {
  status = 403;
  for (const auto& [name, advice] :
       {std::pair{"AccessDenied", "trust policy"}, std::pair{"ExpiredTokenException", "has expired"},
        std::pair{"InvalidIdentityToken", "identity provider"}}) {
    code = name;
    const auto refused = Make()->Get();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kRetry);
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr("role/ntsp"), HasSubstr(advice), HasSubstr(name)));
    EXPECT_THAT(refused.error().message, testing::Not(HasSubstr("jwt")));
  }
}

TEST_F(RoleKeysTest, a_file_without_a_token_is_named) {
  SetToken(" \n");
  const auto refused = Make()->Get();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("AWS_WEB_IDENTITY_TOKEN_FILE=" + Identity().token_file));
  EXPECT_TRUE(server.Requests().empty());
}

TEST_F(RoleKeysTest, an_answer_of_another_service_has_no_keys) {
  FakeHttpServer other([](const HttpRequest&) { return HttpAnswer{200, "<html>hello</html>"}; });
  WebIdentity identity = Identity();
  identity.endpoint = other.Url();
  const auto refused = (*RoleKeys::Make(identity))->Get();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("AWS_ENDPOINT_URL_STS"));
}

TEST_F(RoleKeysTest, an_address_that_is_none_is_a_mistake_of_the_settings) {
  WebIdentity identity = Identity();
  identity.endpoint = "sts";
  EXPECT_EQ(RoleKeys::Make(identity).error().kind, ErrorKind::kStop);
}

TEST_F(RoleKeysTest, the_chain_and_the_s3_client_use_the_role_and_the_client_its_new_keys) {
  const auto chain = CredentialChain::Make({{}, Identity()});
  ASSERT_TRUE(chain) << chain.error().message;
  EXPECT_EQ((*chain)->Get()->access_key, "KEY1");
  life = seconds(1);
  clock.SetWall(SystemClock().WallTime());
  FakeHttpServer store([](const HttpRequest&) { return HttpAnswer{}; });
  S3Options options;
  options.region = "eu-central-1";
  options.endpoint = store.Url();
  options.credentials.web_identity = Identity();
  const auto client = S3Client::Make(options);
  ASSERT_TRUE(client) << client.error().message;
  ASSERT_TRUE((*client)->Put("bucket", "a", "1"));
  clock.SetWall({SystemClock().WallTime().micros + 1'000'000});
  std::this_thread::sleep_for(seconds(1));
  ASSERT_TRUE((*client)->Put("bucket", "b", "2"));
  std::vector<HttpRequest> puts = store.Requests();
  ASSERT_EQ(puts.size(), 2u);
  EXPECT_THAT(puts[0].headers["authorization"], HasSubstr("Credential=KEY2/"));
  EXPECT_EQ(puts[0].headers["x-amz-security-token"], "token/KEY2==");
  EXPECT_THAT(puts[1].headers["authorization"], HasSubstr("Credential=KEY3/"));
}

TEST(StsEndpoint, is_the_regions) {
  EXPECT_EQ(StsEndpoint("eu-central-1"), "https://sts.eu-central-1.amazonaws.com");
  EXPECT_EQ(StsEndpoint("cn-north-1"), "https://sts.cn-north-1.amazonaws.com.cn");
  EXPECT_EQ(StsEndpoint(""), "https://sts.amazonaws.com");
}

}  // namespace
}  // namespace ntsp::aws
