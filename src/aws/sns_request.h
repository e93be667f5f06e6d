// An SNS Publish call as text: what is sent, and what an answer means. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ntsp::aws {

// "arn:aws:sns:eu-central-1:123456789012:alerts".
struct SnsTopic {
  std::string arn;
  std::string partition;  // aws, aws-cn, aws-us-gov
  std::string region;
  bool fifo = false;

  // Where the topic's service is.
  std::string DefaultEndpoint() const;
};

// kStop if it is not the ARN of an SNS topic.
Result<SnsTopic> ParseTopicArn(std::string_view arn);

struct Notification {
  std::string subject;  // any text; SNS takes 100 ASCII characters, so it is made to fit
  std::string message;  // any valid UTF-8 up to kMaxMessageBytes
  std::map<std::string, std::string> attributes;  // names and values not empty
  // FIFO topics only: messages of one id arrive once within five minutes. Empty: made from the message.
  std::string deduplication_id;
  // FIFO topics only: messages of one group keep their order. Empty: all are one group.
  std::string group_id = "";
};

inline constexpr size_t kMaxSubject = 100;
inline constexpr size_t kMaxMessageBytes = 256 * 1024;

// ASCII without line ends, at most kMaxSubject long; what cannot be said in ASCII becomes '?'.
std::string FitSubject(std::string_view subject);

// The form's body.
std::string PublishForm(const SnsTopic& topic, const Notification& notification);

// What the service's answer means: nothing if it was 2xx. kRetry: throttled, unavailable, expired session;
// kReject: this message is refused; kStop: rights or topic are wrong.
Result<void> ReadPublishAnswer(const SnsTopic& topic, long http_status, std::string_view body);

}  // namespace ntsp::aws
