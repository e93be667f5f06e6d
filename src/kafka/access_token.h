// Tokens that a client shows instead of a password (SASL OAUTHBEARER).
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace ntsp::kafka {

struct AccessToken {
  std::string value;      // a secret: never logged
  std::string principal;  // for the client's own log lines; brokers take it from the token
  Timestamp expires;
};

// A new token that is valid from now on. Called by librdkafka's background thread of each client, when it
// starts and long before the last token expires; may take seconds. An error is told in the log and asked
// again.
using TokenSource = std::function<Result<AccessToken>()>;

}  // namespace ntsp::kafka
