#include "observe/otlp_retry.h"

#include <algorithm>

namespace ntsp::observe {

Outcome Judge(const HttpReply& reply, bool gzip) {
  if (reply.status == 0) return Outcome::kRetry;
  if (reply.status >= 200 && reply.status < 300) return Outcome::kDelivered;
  switch (reply.status) {
    case 429:
    case 502:
    case 503:
    case 504:
      return Outcome::kRetry;
    case 401:
    case 403:
    case 404:
    case 405:
      return Outcome::kRefused;
    case 400:
    case 415:
      return gzip ? Outcome::kPlain : Outcome::kRejected;
    default:
      // A redirect is an address that is not the receiver's.
      return reply.status < 400 ? Outcome::kRefused : Outcome::kRejected;
  }
}

Duration WaitAfter(int failures, const HttpReply& reply, const RetryPolicy& policy,
                   std::minstd_rand& random) {
  if (reply.retry_after) return std::min<Duration>(*reply.retry_after, policy.longest_asked);
  const int doublings = std::clamp(failures - 1, 0, 20);
  const Duration wait = std::min(policy.longest_wait, policy.first_wait * (1 << doublings));
  const double share = std::uniform_real_distribution(0.5, 1.0)(random);
  return Duration(static_cast<int64_t>(static_cast<double>(wait.count()) * share));
}

}  // namespace ntsp::observe
