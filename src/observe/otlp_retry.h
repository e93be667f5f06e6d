// What the answer to an OTLP request means (opentelemetry.io/docs/specs/otlp, "Failures"), and when to try
// again. Pure.
#pragma once

#include <random>

#include "base/clock.h"
#include "observe/http_post.h"

namespace ntsp::observe {

enum class Outcome {
  kDelivered,
  kRetry,     // no answer, or the receiver is busy: the same request may succeed later
  kPlain,     // it may be that the receiver does not take gzip: at once again without
  kRejected,  // this request will never be taken; the next one may
  kRefused,   // nothing will be taken until a person corrects a setting: token, address
};

Outcome Judge(const HttpReply& reply, bool gzip);

struct RetryPolicy {
  Duration first_wait = std::chrono::seconds(1);  // doubled from try to try, with jitter
  Duration longest_wait = std::chrono::seconds(30);
  Duration longest_asked = std::chrono::minutes(5);  // a receiver that asks for more is asked again then
  Duration refused_wait = std::chrono::minutes(1);   // rights may be given meanwhile
};

// `failures`: in a row, at least 1.
Duration WaitAfter(int failures, const HttpReply& reply, const RetryPolicy& policy, std::minstd_rand& random);

}  // namespace ntsp::observe
