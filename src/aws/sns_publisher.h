// Publishes notifications to one SNS topic. A call tries once and is bounded by its timeout; waiting,
// retrying and dropping are the caller's.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "aws/credentials.h"
#include "aws/sns_request.h"
#include "base/result.h"

namespace ntsp::aws {

struct SnsOptions {
  std::string topic_arn;
  std::string endpoint;  // a URL; empty: the topic's region at AWS
  std::chrono::milliseconds timeout{5000};
  std::string ca_file;  // PEM; empty: the system's
};

// Asked before each call, so that temporary keys are renewed: CredentialChain::Get.
using CredentialSource = std::function<Result<Credentials>()>;

// Not thread-safe: one thread delivers.
class SnsPublisher {
 public:
  // Asks nothing of the network. kStop if the options are impossible.
  static Result<std::unique_ptr<SnsPublisher>> Make(SnsOptions options, CredentialSource credentials);
  ~SnsPublisher();

  // kRetry: outage, timeout, throttling, no or expired credentials; kReject: this message cannot be
  // published; kStop: nothing will be until a person mends rights or the ARN.
  Result<void> Publish(const Notification& notification);

 private:
  struct State;
  explicit SnsPublisher(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

}  // namespace ntsp::aws
