// The login to Amazon MSK by IAM: a token that SASL OAUTHBEARER carries.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "aws/credentials.h"
#include "base/time.h"

namespace ntsp::aws {

// A presigned kafka-cluster:Connect of the region, as base64url: what MSK takes for OAUTHBEARER. A secret.
std::string MskToken(const std::string& region, const Credentials& keys, Timestamp now,
                     std::chrono::seconds lifetime);

// For how long a token may be shown before another one is made. One that temporary keys have signed is worth
// nothing once they have expired, whatever its lifetime says; the SDK does not tell when that is, only
// renews them some seconds before.
std::chrono::seconds MskTokenUse(const Credentials& keys, std::chrono::seconds lifetime);

// The region in the name of an MSK broker ("b-1.demo.ab12.c3.kafka.eu-central-1.amazonaws.com:9098"), of the
// first of the servers that has one.
std::optional<std::string> MskRegion(std::string_view bootstrap_servers);

}  // namespace ntsp::aws
