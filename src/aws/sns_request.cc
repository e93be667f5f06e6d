#include "aws/sns_request.h"

#include <array>
#include <vector>

#include "aws/query_text.h"
#include "base/uuid.h"

namespace ntsp::aws {

namespace {

std::vector<std::string_view> Split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  for (size_t at; (at = text.find(by)) != std::string_view::npos; text.remove_prefix(at + 1)) {
    parts.push_back(text.substr(0, at));
  }
  parts.push_back(text);
  return parts;
}

constexpr std::array<std::string_view, 10> kTemporaryCodes = {
    "Throttling",         "ThrottlingException", "Throttled",     "RequestThrottled", "RequestLimitExceeded",
    "ServiceUnavailable", "InternalFailure",     "InternalError", "ExpiredToken",     "RequestExpired"};

bool IsTemporary(long http_status, std::string_view code) {
  if (http_status >= 500 || http_status == 429 || http_status == 408) return true;
  for (const std::string_view temporary : kTemporaryCodes) {
    if (code.starts_with(temporary)) return true;
  }
  return false;
}

std::string AdviceFor(const SnsTopic& topic, long http_status, std::string_view code) {
  if (code.starts_with("ExpiredToken"))
    return "the AWS session has expired: renew AWS_SESSION_TOKEN and its keys";
  if (code.starts_with("RequestExpired")) return "the machine's clock may be wrong: set it by NTP";
  if (code == "InvalidClientTokenId" || code == "SignatureDoesNotMatch" ||
      code == "UnrecognizedClientException") {
    return "the AWS credentials are wrong: check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, "
           "AWS_SESSION_TOKEN, "
           "AWS_PROFILE";
  }
  if (http_status == 403) return "the credentials need the permission sns:Publish on this topic";
  if (http_status == 404)
    return "there is no such topic: correct AWS_SNS_TOPIC_ARN (region " + topic.region + ")";
  return "";
}

}  // namespace

std::string SnsTopic::DefaultEndpoint() const {
  return "https://sns." + region + ".amazonaws.com" + (partition == "aws-cn" ? ".cn" : "");
}

Result<SnsTopic> ParseTopicArn(std::string_view arn) {
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() != 6 || parts[0] != "arn" || !parts[1].starts_with("aws") || parts[2] != "sns" ||
      parts[3].empty() || parts[5].empty()) {
    return Stop(
        "'" + std::string(arn) +
        "' is not the ARN of an SNS topic; it has to look like arn:aws:sns:eu-central-1:123456789012:name");
  }
  return SnsTopic{std::string(arn), std::string(parts[1]), std::string(parts[3]), arn.ends_with(".fifo")};
}

std::string FitSubject(std::string_view subject) {
  std::string fit;
  for (const char c : subject) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && byte < 0xC0) continue;  // the rest of a character whose first byte became '?'
    if (fit.empty() && byte <= ' ') continue;   // SNS wants it to begin with something visible
    if (fit.size() == kMaxSubject) break;
    fit += byte < ' ' || byte == 0x7F ? ' ' : (byte >= 0x80 ? '?' : c);
  }
  return fit;
}

std::string PublishForm(const SnsTopic& topic, const Notification& notification) {
  QueryForm form;
  form.Add("Action", "Publish");
  form.Add("Version", "2010-03-31");
  form.Add("TopicArn", topic.arn);
  if (const std::string subject = FitSubject(notification.subject); !subject.empty())
    form.Add("Subject", subject);
  form.Add("Message", notification.message);
  size_t number = 0;
  for (const auto& [name, value] : notification.attributes) {
    const std::string entry = "MessageAttributes.entry." + std::to_string(++number) + ".";
    form.Add(entry + "Name", name);
    form.Add(entry + "Value.DataType", "String");
    form.Add(entry + "Value.StringValue", value);
  }
  if (topic.fifo) {
    const UuidText made = UrlUuid("sns:" + notification.message);
    const std::string& given = notification.deduplication_id;
    form.Add("MessageGroupId", notification.group_id.empty() ? "ntsp" : notification.group_id);
    form.Add("MessageDeduplicationId", given.empty() ? View(made) : std::string_view(given));
  }
  return form.Take();
}

Result<void> ReadPublishAnswer(const SnsTopic& topic, long http_status, std::string_view body) {
  if (http_status >= 200 && http_status < 300) return {};
  const std::string_view code = XmlElement(body, "Code");
  std::string text = "SNS refused to publish to " + topic.arn + ": ";
  if (const std::string advice = AdviceFor(topic, http_status, code); !advice.empty()) text += advice + ": ";
  text += HttpProblem(http_status, body);
  if (IsTemporary(http_status, code)) return Retry(std::move(text));
  if (http_status == 401 || http_status == 403 || http_status == 404) return Stop(std::move(text));
  return Reject(std::move(text));
}

}  // namespace ntsp::aws
