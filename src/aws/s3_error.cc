#include "aws/s3_error.h"

#include <algorithm>
#include <array>

#include "aws/endpoint.h"

namespace ntsp::aws {

namespace {

struct Advice {
  std::string_view name;  // as in Arrow's text
  std::string_view what_to_do;
};

constexpr std::string_view kUnreachable =
    "the endpoint cannot be reached or does not answer: check AWS_ENDPOINT_URL_S3, AWS_REGION, DNS, proxy "
    "and firewall";
constexpr std::string_view kWrongKeys =
    "the AWS credentials are wrong: check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, "
    "AWS_PROFILE";
constexpr std::string_view kExpired =
    "the AWS session has expired: renew AWS_SESSION_TOKEN and its keys, or use a role, which is renewed by "
    "itself";
constexpr std::string_view kTooMuch = "S3 asks to slow down; it is tried again";

constexpr std::array kAdvice = {
    Advice{"NO_SUCH_BUCKET", "the bucket does not exist: create it, or correct AWS_S3_BUCKET or ARCHIVE_URI"},
    Advice{"ACCESS_DENIED",
           "access is denied: the credentials need s3:PutObject, s3:GetObject, s3:DeleteObject and "
           "s3:AbortMultipartUpload on the bucket's objects and s3:ListBucket on the bucket (and "
           "kms:GenerateDataKey "
           "if it is encrypted with a key of its own)"},
    Advice{"INVALID_ACCESS_KEY_ID", kWrongKeys},
    Advice{"SIGNATURE_DOES_NOT_MATCH", kWrongKeys},
    Advice{"INVALID_CLIENT_TOKEN_ID", kWrongKeys},
    Advice{"INVALID_SIGNATURE", kWrongKeys},
    Advice{"UNRECOGNIZED_CLIENT", kWrongKeys},
    Advice{"EXPIRED_TOKEN", kExpired},
    Advice{"ExpiredToken", kExpired},
    Advice{"InvalidToken", kExpired},
    Advice{"REQUEST_EXPIRED", "the machine's clock is wrong: set it by NTP"},
    Advice{"REQUEST_TIME_TOO_SKEWED", "the machine's clock is wrong: set it by NTP"},
    Advice{"PermanentRedirect", "the bucket is in another region: set AWS_REGION"},
    Advice{"AuthorizationHeaderMalformed", "the bucket is in another region: set AWS_REGION"},
    Advice{"NETWORK_CONNECTION", kUnreachable},
    Advice{"REQUEST_TIMEOUT", kUnreachable},
    Advice{"SLOW_DOWN", kTooMuch},
    Advice{"THROTTLING", kTooMuch},
    Advice{"SERVICE_UNAVAILABLE", "S3 is unavailable; it is tried again"},
    Advice{"INTERNAL_FAILURE", "S3 has an internal error; it is tried again"},
};

constexpr std::string_view kMarker = "AWS Error ";

// libcurl's code inside the SDK's text.
constexpr std::string_view kPeerNotVerified = "curlCode: 60,";

std::string_view AdviceFor(std::string_view name, std::string_view message) {
  if (message.find(kPeerNotVerified) != std::string_view::npos) return kUntrusted;
  for (const Advice& advice : kAdvice) {
    // Errors that the SDK does not know come as UNKNOWN, with the service's own code in the text.
    if (advice.name == name || (name == "UNKNOWN" && message.find(advice.name) != std::string_view::npos)) {
      return advice.what_to_do;
    }
  }
  return "";
}

}  // namespace

std::string_view S3ErrorName(std::string_view arrow_message) {
  const size_t marker = arrow_message.find(kMarker);
  if (marker == std::string_view::npos) return "";
  const std::string_view rest = arrow_message.substr(marker + kMarker.size());
  return rest.substr(0, rest.find(' '));
}

std::string ExplainS3Error(std::string_view doing, std::string_view bucket, std::string_view arrow_message) {
  const std::string_view advice = AdviceFor(S3ErrorName(arrow_message), arrow_message);
  std::string text(doing);
  text.append(" failed: ");
  if (!advice.empty()) text.append(advice).append(" (bucket ").append(bucket).append("): ");
  text.append(arrow_message);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace ntsp::aws
