#include "aws/credentials.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <deque>

namespace ntsp::aws {
namespace {

using ::testing::HasSubstr;

TEST(ReadConsistently, reads_again_when_the_keys_were_rotated_in_between) {
  std::deque<std::string> access_keys = {"old", "new", "new", "new"};
  int reads = 0;
  const auto keys = ReadConsistently({[&] {
                                        std::string key = access_keys.front();
                                        access_keys.pop_front();
                                        return key;
                                      },
                                      [&] { return "secret " + std::to_string(++reads); },
                                      [] { return std::string("token"); }});
  ASSERT_TRUE(keys.has_value());
  EXPECT_EQ(*keys, (Credentials{"new", "secret 2", "token"}));
}

TEST(ReadConsistently, gives_up_on_keys_that_never_rest) {
  int calls = 0;
  const auto keys = ReadConsistently({[&] { return std::to_string(++calls); },
                                      [] { return std::string("s"); }, [] { return std::string(); }});
  ASSERT_FALSE(keys.has_value());
  EXPECT_EQ(keys.error().kind, ErrorKind::kRetry);
}

TEST(CredentialChain, gives_the_keys_of_the_settings) {
  const Credentials given{"AKIDEXAMPLE", "very-secret", "session"};
  const auto chain = CredentialChain::Make({given});
  ASSERT_TRUE(chain.has_value()) << chain.error().message;
  EXPECT_EQ((*chain)->Get().value(), given);
}

TEST(CredentialChain, finds_the_keys_of_the_environment) {
  setenv("AWS_ACCESS_KEY_ID", "AKIDENV", 1);
  setenv("AWS_SECRET_ACCESS_KEY", "env-secret", 1);
  setenv("AWS_SESSION_TOKEN", "env-token", 1);
  const auto chain = CredentialChain::Make({});
  ASSERT_TRUE(chain.has_value()) << chain.error().message;
  EXPECT_EQ((*chain)->Get().value(), (Credentials{"AKIDENV", "env-secret", "env-token"}));
  for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}) unsetenv(name);
}

TEST(CredentialChain, says_what_to_set_when_there_are_no_keys) {
  const auto chain = CredentialChain::Make({});
  ASSERT_TRUE(chain.has_value()) << chain.error().message;
  const auto keys = (*chain)->Get();
  ASSERT_FALSE(keys.has_value());
  EXPECT_EQ(keys.error().kind, ErrorKind::kRetry);
  EXPECT_THAT(keys.error().message, HasSubstr("AWS_ACCESS_KEY_ID"));
}

}  // namespace
}  // namespace ntsp::aws
