// Whose keys ntsp uses at AWS.
#pragma once

#include "app/config.h"
#include "aws/credentials.h"

namespace ntsp::app {

// For S3, SNS and MSK alike.
aws::CredentialOptions AwsLogin(const Config& config);

}  // namespace ntsp::app
