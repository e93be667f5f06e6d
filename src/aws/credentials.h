// AWS keys, from the settings, from a role that a token file speaks for (RoleKeys), or from the SDK's chain:
// environment, profile files (AWS_PROFILE), SSO, container and instance metadata. Temporary ones are renewed
// before they expire.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"

namespace ntsp::aws {

struct Credentials {
  std::string access_key;
  std::string secret_key;
  std::string session_token;  // empty: the keys are not temporary

  bool operator==(const Credentials&) const = default;
};

// A role that STS gives the keys of for a token which somebody puts into a file and replaces in time, as
// Kubernetes does for a service account (AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN).
struct WebIdentity {
  std::string token_file;  // empty: no such role
  std::string role_arn;
  std::string session_name;   // names the session in AWS' logs
  std::string region = {};    // of STS; empty: the global one
  std::string endpoint = {};  // a URL; empty: AWS
  std::string ca_file = {};   // PEM; empty: the system's
  std::chrono::milliseconds timeout{5000};
};

struct CredentialOptions {
  // Given keys; empty: the role or the chain. (Keys in the environment are the chain's first link: they need
  // not be given.)
  Credentials keys;
  WebIdentity web_identity = {};  // goes before the chain

  bool HasRole() const { return keys.access_key.empty() && !web_identity.token_file.empty(); }
};

// Thread-safe.
class CredentialChain {
 public:
  static Result<std::unique_ptr<CredentialChain>> Make(const CredentialOptions& options);
  ~CredentialChain();

  // The keys that are valid now. Mostly answers from a cache in less than a millisecond, but may ask the
  // network for seconds: not for the path of the records. kRetry if no link of the chain has keys.
  Result<Credentials> Get() const;

 private:
  struct State;
  explicit CredentialChain(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

// Calls the three getters until the triple is of one piece: they are asked one by one, and a rotation may
// fall between. For CredentialChain and its test. kRetry if they change all the time.
struct KeyGetters {
  std::function<std::string()> access_key, secret_key, session_token;
};
Result<Credentials> ReadConsistently(const KeyGetters& getters);

}  // namespace ntsp::aws
