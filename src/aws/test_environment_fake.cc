// No test may ask the machine it runs on for credentials.
#include <gtest/gtest.h>

#include <cstdlib>

#include "aws/sdk.h"

namespace {

class NoRealAws : public testing::Environment {
 public:
  void SetUp() override {
    setenv("AWS_EC2_METADATA_DISABLED", "true", 1);
    for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE",
                             "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                             "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"}) {
      unsetenv(name);
    }
    setenv("AWS_CONFIG_FILE", "/dev/null", 1);
    setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null", 1);
  }
  void TearDown() override { ntsp::aws::StopSdk(); }
};

[[maybe_unused]] const auto* const kNoRealAws = testing::AddGlobalTestEnvironment(new NoRealAws);

}  // namespace
