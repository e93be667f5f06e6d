#include "aws/credentials.h"

#include <arrow/filesystem/s3fs.h>

#include <utility>

#include "aws/role_keys.h"
#include "aws/sdk.h"

namespace ntsp::aws {

Result<Credentials> ReadConsistently(const KeyGetters& getters) {
  constexpr int kAttempts = 5;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    Credentials keys{getters.access_key(), getters.secret_key(), getters.session_token()};
    if (getters.access_key() == keys.access_key) return keys;
  }
  return Retry("the AWS credentials changed while they were read");
}

struct CredentialChain::State {
  arrow::fs::S3Options provider;
  std::unique_ptr<RoleKeys> role;  // instead of the provider
};

CredentialChain::CredentialChain(std::unique_ptr<State> state) : state_(std::move(state)) {}

CredentialChain::~CredentialChain() = default;

Result<std::unique_ptr<CredentialChain>> CredentialChain::Make(const CredentialOptions& options) {
  auto state = std::make_unique<State>();
  if (options.HasRole()) {
    NTSP_ASSIGN(state->role, RoleKeys::Make(options.web_identity));
    return std::unique_ptr<CredentialChain>(new CredentialChain(std::move(state)));
  }
  NTSP_TRY(StartSdk());
  const Credentials& keys = options.keys;
  state->provider = keys.access_key.empty() ? arrow::fs::S3Options::Defaults()
                                            : arrow::fs::S3Options::FromAccessKey(
                                                  keys.access_key, keys.secret_key, keys.session_token);
  return std::unique_ptr<CredentialChain>(new CredentialChain(std::move(state)));
}

Result<Credentials> CredentialChain::Get() const {
  if (state_->role) return state_->role->Get();
  const arrow::fs::S3Options& provider = state_->provider;
  NTSP_ASSIGN(Credentials keys, ReadConsistently({[&] { return provider.GetAccessKey(); },
                                                  [&] { return provider.GetSecretKey(); },
                                                  [&] { return provider.GetSessionToken(); }}));
  if (keys.access_key.empty() || keys.secret_key.empty()) {
    return Retry(
        "no AWS credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or "
        "give the "
        "machine or container a role");
  }
  return keys;
}

}  // namespace ntsp::aws
