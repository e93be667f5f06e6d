// One HTTP POST of a form to an AWS service, signed or not, by libcurl. A call tries once and is bounded by
// its timeout.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "aws/credentials.h"
#include "base/result.h"

namespace ntsp::aws {

struct FormPostOptions {
  std::string service;   // for people: "SNS"
  std::string variable;  // the setting of its address
  std::string endpoint;  // a URL
  std::chrono::milliseconds timeout{5000};
  std::string ca_file;  // PEM; empty: the system's
};

struct FormAnswer {
  long status = 0;
  std::string body;  // its beginning
};

// Not thread-safe.
class FormPost {
 public:
  // Asks nothing of the network. kStop if the options are impossible.
  static Result<std::unique_ptr<FormPost>> Make(FormPostOptions options);
  ~FormPost();

  const std::string& url() const;

  // Whatever the service answers is an answer; kRetry if it does not.
  Result<FormAnswer> Send(const std::string& form);
  // With the signature of version 4 for "aws:amz:<region>:<service>".
  Result<FormAnswer> SendSigned(const std::string& form, const std::string& scope, const Credentials& keys);

 private:
  struct State;
  explicit FormPost(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

}  // namespace ntsp::aws
