// The keys of a role that a web identity token speaks for: asked of STS (AssumeRoleWithWebIdentity), kept,
// and asked for anew before they expire.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "aws/credentials.h"
#include "base/clock.h"
#include "base/result.h"

namespace ntsp::aws {

struct ExpiringKeys {
  Credentials keys;
  Timestamp expires;
};

// Where STS is: "https://sts.eu-central-1.amazonaws.com".
std::string StsEndpoint(std::string_view region);

// What is sent for a token, and what the answer means: kRetry unless it has keys, as a person can mend trust
// and rights while the program waits; the text says what to do.
std::string AssumeRoleForm(const WebIdentity& identity, std::string_view token);
Result<ExpiringKeys> ReadAssumeRoleAnswer(const WebIdentity& identity, long http_status,
                                          std::string_view body);

// Thread-safe.
class RoleKeys {
 public:
  // Asks nothing of the network. kStop if the options are impossible.
  static Result<std::unique_ptr<RoleKeys>> Make(WebIdentity identity);
  // With another clock, which outlives it.
  static Result<std::unique_ptr<RoleKeys>> Make(WebIdentity identity, const Clock& clock);
  ~RoleKeys();

  // New keys are asked for 5 minutes before the old ones expire (after two thirds of a shorter life); while
  // that fails, the old ones are given as long as they are good. The token's file is read each time. kRetry.
  Result<Credentials> Get();

 private:
  struct State;
  explicit RoleKeys(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

}  // namespace ntsp::aws
