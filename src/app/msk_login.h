// Login to Amazon MSK by IAM (KAFKA_AWS_MSK_IAM): settings of the client, and tokens from the AWS
// credentials.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"

namespace ntsp::app {

// Turns KAFKA_AWS_MSK_IAM into properties of the client, and settles the region. A sentence for each setting
// that is against it.
void SettleMskLogin(Config& config, std::vector<std::string>& conflicts);

// Gives the clients their tokens, if the settings want it. Asks nothing of AWS before the first client
// starts.
void UseMskLogin(Config& config);

}  // namespace ntsp::app
