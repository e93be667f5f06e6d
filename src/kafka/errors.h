// What librdkafka's error codes mean for the caller, and in words for the person who has to mend it. Only for
// .cc files of this folder.
#pragma once

#include <librdkafka/rdkafka.h>

#include <string>

#include "base/result.h"

namespace ntsp::kafka {

// Newer than the header we compile with: the log was cut behind our position and has other content now.
inline constexpr auto kLogTruncation = static_cast<rd_kafka_resp_err_t>(-139);

// What the error can be about; only what is known.
struct Subject {
  std::string topic = {};
  std::string group = {};
  std::string transactional_id = {};
};

// kStop: authorisation, impossible settings, a broken client. kReject: this message. Else kRetry, as
// librdkafka does by itself: also refused logins and certificates, which are often mended at the brokers.
ErrorKind KindOf(rd_kafka_resp_err_t code);

// The broker refuses the message itself, however often it is sent.
bool IsMessageRejected(rd_kafka_resp_err_t code);

// What to do about it, as a sentence; empty if there is nothing to say beyond librdkafka's text.
std::string Advice(rd_kafka_resp_err_t code, const Subject& subject);

// "<what> failed: <detail, or the code's own text> (<name of the code>). <advice>"
Error MakeError(rd_kafka_resp_err_t code, const std::string& what, const Subject& subject,
                const std::string& detail = "");

}  // namespace ntsp::kafka
