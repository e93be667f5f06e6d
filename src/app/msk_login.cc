#include "app/msk_login.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <mutex>

#include "app/aws_login.h"
#include "aws/credentials.h"
#include "aws/msk_token.h"
#include "base/clock.h"

namespace ntsp::app {
namespace {

void Fix(Config& config, const std::string& property, const std::string& value,
         std::vector<std::string>& conflicts) {
  const auto [given, missing] = config.kafka.properties.try_emplace(property, value);
  if (missing || given->second == value) return;
  conflicts.push_back(fmt::format("KAFKA_AWS_MSK_IAM=true: needs {}={}, and it is {}: remove it",
                                  kafka::VariableName(property), value, given->second));
}

// The clients' common source; several threads of librdkafka call it.
class MskTokens {
 public:
  MskTokens(std::string region, std::chrono::seconds lifetime, aws::CredentialOptions credentials)
      : region_(std::move(region)), lifetime_(lifetime), credentials_(std::move(credentials)) {}

  Result<kafka::AccessToken> Next() {
    const std::lock_guard lock(mutex_);
    if (!chain_) {
      NTSP_ASSIGN(chain_, aws::CredentialChain::Make(credentials_));
    }
    const auto keys = chain_->Get();
    if (!keys) return ntsp::Retry("KAFKA_AWS_MSK_IAM: " + keys.error().message);
    const Timestamp now = SystemClock().WallTime();
    const std::chrono::microseconds use = aws::MskTokenUse(*keys, lifetime_);
    return kafka::AccessToken{.value = aws::MskToken(region_, *keys, now, lifetime_),
                              .principal = "ntsp",
                              .expires = {now.micros + use.count()}};
  }

 private:
  const std::string region_;
  const std::chrono::seconds lifetime_;
  const aws::CredentialOptions credentials_;
  std::mutex mutex_;
  std::unique_ptr<aws::CredentialChain> chain_;  // guarded by mutex_
};

}  // namespace

void SettleMskLogin(Config& config, std::vector<std::string>& conflicts) {
  if (!config.msk_iam) return;
  Fix(config, "security.protocol", "SASL_SSL", conflicts);
  const bool other_name = config.kafka.properties.contains("sasl.mechanisms");
  Fix(config, other_name ? "sasl.mechanisms" : "sasl.mechanism", "OAUTHBEARER", conflicts);
  const auto region = aws::MskRegion(config.kafka.bootstrap_servers);
  config.msk_region = region.value_or(config.aws_region);
  if (config.msk_region.empty()) {
    conflicts.push_back(fmt::format(
        "KAFKA_AWS_MSK_IAM=true: the cluster's region is neither in KAFKA_BOOTSTRAP_SERVERS={} nor "
        "in AWS_REGION: set AWS_REGION",
        config.kafka.bootstrap_servers));
  }
}

void UseMskLogin(Config& config) {
  if (!config.msk_iam) return;
  const auto tokens = std::make_shared<MskTokens>(config.msk_region, std::chrono::seconds(config.msk_token_s),
                                                  AwsLogin(config));
  config.kafka.tokens = [tokens] { return tokens->Next(); };
}

}  // namespace ntsp::app
