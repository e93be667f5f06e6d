#include "observe/otlp_retry.h"

#include <gmock/gmock.h>

namespace ntsp::observe {
namespace {

using namespace std::chrono_literals;

Outcome OutcomeOf(long status, bool gzip = false) {
  HttpReply reply;
  reply.status = status;
  return Judge(reply, gzip);
}

TEST(Judge, tries_again_when_there_was_no_answer_or_the_receiver_is_busy) {
  for (const int status : {0, 429, 502, 503, 504}) EXPECT_EQ(OutcomeOf(status), Outcome::kRetry) << status;
}

TEST(Judge, does_not_repeat_what_will_never_be_taken) {
  for (const int status : {400, 413, 415, 422, 500, 501}) {
    EXPECT_EQ(OutcomeOf(status), Outcome::kRejected) << status;
  }
}

TEST(Judge, knows_a_wrong_token_and_a_wrong_address) {
  for (const int status : {301, 307, 401, 403, 404, 405}) {
    EXPECT_EQ(OutcomeOf(status), Outcome::kRefused) << status;
  }
}

TEST(Judge, suspects_gzip_before_the_data) {
  EXPECT_EQ(OutcomeOf(415, true), Outcome::kPlain);
  EXPECT_EQ(OutcomeOf(400, true), Outcome::kPlain);
  EXPECT_EQ(OutcomeOf(413, true), Outcome::kRejected);
}

TEST(Judge, takes_any_2xx_for_success) {
  EXPECT_EQ(OutcomeOf(200), Outcome::kDelivered);
  EXPECT_EQ(OutcomeOf(202), Outcome::kDelivered);
}

TEST(WaitAfter, doubles_with_jitter_up_to_the_longest) {
  const RetryPolicy policy;
  std::minstd_rand random(1);
  const auto between = [&](int failures, Duration least, Duration most) {
    for (int i = 0; i < 100; ++i) {
      const Duration wait = WaitAfter(failures, {}, policy, random);
      EXPECT_GE(wait, least);
      EXPECT_LE(wait, most);
    }
  };
  between(1, 500ms, 1s);
  between(4, 4s, 8s);
  between(1000, 15s, 30s);
}

TEST(WaitAfter, does_what_the_receiver_asks_for_within_reason) {
  std::minstd_rand random(1);
  HttpReply reply;
  reply.retry_after = 7s;
  EXPECT_EQ(WaitAfter(9, reply, {}, random), Duration(7s));
  reply.retry_after = 24h;
  EXPECT_EQ(WaitAfter(1, reply, {}, random), Duration(5min));
}

}  // namespace
}  // namespace ntsp::observe
