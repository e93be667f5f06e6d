#include "alert/outbox.h"

#include <gmock/gmock.h>

#include "alert/delivery_fake.h"

namespace ntsp::alert {
namespace {

using Outcome = Outbox::Outcome;

class OutboxTest : public testing::Test {
 protected:
  void Push(const std::string& kind, State state = State::kFiring) {
    Notification n;
    n.kind = kind;
    n.state = state;
    outbox_.Push(n);
  }
  Outcome SendOne() { return outbox_.SendOne(clock_.Now()); }
  // Moves to the next attempt; how long that took.
  Duration Wait() {
    const Duration pause = *outbox_.NextDue() - clock_.Now();
    clock_.Advance(pause);
    return pause;
  }
  std::vector<std::string> Kinds() const {
    std::vector<std::string> kinds;
    for (const Notification& n : delivery_.sent()) kinds.push_back(n.kind);
    return kinds;
  }
  double Lost(const char* reason) const {
    return metrics_.Sum("ntsp_alert_dropped_total", {{"reason", reason}});
  }

  FakeClock clock_;
  observe::Metrics metrics_;
  FakeDelivery delivery_;
  Outbox outbox_{delivery_, metrics_};
};

TEST_F(OutboxTest, delivers_in_order_one_at_a_time) {
  Push("a");
  Push("b");
  EXPECT_EQ(SendOne(), Outcome::kSent);
  EXPECT_THAT(Kinds(), testing::ElementsAre("a"));
  EXPECT_EQ(SendOne(), Outcome::kSent);
  EXPECT_EQ(SendOne(), Outcome::kNothingDue);
  EXPECT_THAT(Kinds(), testing::ElementsAre("a", "b"));
  EXPECT_EQ(outbox_.NextDue(), std::nullopt);
}

TEST_F(OutboxTest, an_outage_is_retried_with_growing_pauses_and_nothing_is_lost) {
  delivery_.FailWith(ErrorKind::kRetry);
  Push("a");
  Duration last{};
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(SendOne(), Outcome::kFailed);
    EXPECT_EQ(SendOne(), Outcome::kNothingDue);
    const Duration pause = Wait();
    EXPECT_GT(pause, last);
    last = pause;
  }
  SendOne();
  EXPECT_EQ(Wait(), Outbox::kLongestPause);
  EXPECT_EQ(delivery_.attempts(), 7);
  EXPECT_EQ(metrics_.Sum("ntsp_alert_delivery_failures_total"), 7);
  delivery_.Heal();
  EXPECT_EQ(SendOne(), Outcome::kSent);
  EXPECT_THAT(Kinds(), testing::ElementsAre("a"));
}

TEST_F(OutboxTest, after_a_success_the_pause_is_short_again) {
  delivery_.FailWith(ErrorKind::kRetry);
  Push("a");
  Push("b");
  for (int i = 0; i < 3; ++i) {
    SendOne();
    Wait();
  }
  delivery_.Heal();
  SendOne();
  delivery_.FailWith(ErrorKind::kRetry);
  SendOne();
  EXPECT_EQ(Wait(), Outbox::kFirstPause);
}

TEST_F(OutboxTest, a_refused_notification_is_counted_and_the_next_one_is_tried) {
  for (const ErrorKind kind : {ErrorKind::kReject, ErrorKind::kStop}) {
    delivery_.FailWith(kind);
    Push("refused");
    outbox_.StopWaiting();
    EXPECT_EQ(SendOne(), Outcome::kFailed);
    EXPECT_TRUE(outbox_.empty());
  }
  EXPECT_EQ(Lost("refused"), 2);
  EXPECT_EQ(outbox_.trouble(), "refused by the test");
  delivery_.Heal();
  Push("good");
  Wait();
  EXPECT_EQ(SendOne(), Outcome::kSent);
  EXPECT_EQ(outbox_.trouble(), "");
  EXPECT_THAT(Kinds(), testing::ElementsAre("good"));
}

TEST_F(OutboxTest, is_bounded_and_the_oldest_summary_gives_way_first) {
  Push("firing");
  Push("oldest-summary", State::kSummary);
  Push("later-summary", State::kSummary);
  for (size_t i = 3; i < Outbox::kCapacity; ++i) Push("filler");
  Push("one-more");
  EXPECT_EQ(Lost("outbox-full"), 1);
  while (SendOne() == Outcome::kSent) {
  }
  const auto kinds = Kinds();
  EXPECT_EQ(kinds.size(), Outbox::kCapacity);
  EXPECT_THAT(kinds, testing::Not(testing::Contains("oldest-summary")));
  EXPECT_THAT(kinds, testing::IsSupersetOf({"firing", "later-summary", "one-more"}));
}

TEST_F(OutboxTest, without_summaries_the_oldest_gives_way) {
  for (size_t i = 0; i <= Outbox::kCapacity; ++i) Push(std::to_string(i));
  SendOne();
  EXPECT_THAT(Kinds(), testing::ElementsAre("1"));
}

TEST_F(OutboxTest, what_is_abandoned_is_counted) {
  Push("a");
  Push("b");
  outbox_.Abandon();
  EXPECT_TRUE(outbox_.empty());
  EXPECT_EQ(Lost("shutdown"), 2);
}

}  // namespace
}  // namespace ntsp::alert
