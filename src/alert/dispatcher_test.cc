#include "alert/dispatcher.h"

#include <gmock/gmock.h>

#include "alert/delivery_fake.h"

namespace ntsp::alert {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

class DispatcherTest : public testing::Test {
 protected:
  DispatcherTest() {
    auto delivery = std::make_unique<FakeDelivery>();
    delivery_ = delivery.get();
    dispatcher_ =
        std::make_unique<Dispatcher>(DispatcherOptions(), clock_, metrics_, health_, std::move(delivery));
  }

  static Alert MakeAlert(const std::string& kind) {
    return {kind, Severity::kWarning, "About " + kind, "", "", ""};
  }
  bool Report(const std::string& kind) { return dispatcher_->Report(MakeAlert(kind)); }
  double Made(const char* state) const {
    return metrics_.Sum("ntsp_alert_notifications_total", {{"kind", "dead-letter"}, {"state", state}});
  }
  // As the thread does it, until nothing is left to do.
  void RunToTheEnd() {
    while (const auto due = dispatcher_->NextDue()) {
      if (*due > clock_.Now()) clock_.Advance(*due - clock_.Now());
      dispatcher_->Step();
    }
  }

  FakeClock clock_;
  observe::Metrics metrics_;
  observe::Health health_{clock_};
  FakeDelivery* delivery_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

TEST_F(DispatcherTest, a_storm_in_one_window_is_three_deliveries) {
  EXPECT_TRUE(Report("dead-letter"));
  for (int i = 1; i < 10'000; ++i) EXPECT_FALSE(Report("dead-letter"));
  RunToTheEnd();
  const auto sent = delivery_->sent();
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(sent[0].state, State::kFiring);
  EXPECT_EQ(sent[1].state, State::kSummary);
  EXPECT_EQ(sent[1].count, 10'000u);
  EXPECT_EQ(sent[2].state, State::kRecovered);
  EXPECT_EQ(Made("firing"), 1);
  EXPECT_EQ(Made("summary"), 1);
  EXPECT_EQ(Made("recovered"), 1);
}

TEST_F(DispatcherTest, an_outage_of_the_delivery_loses_nothing_and_shows_in_health) {
  delivery_->FailWith(ErrorKind::kRetry);
  Report("dead-letter");
  dispatcher_->Step();
  EXPECT_THAT(health_.Ready().body,
              HasSubstr(R"("alert-delivery":{"ok":false,"required":false,"text":"refused by)"));
  EXPECT_TRUE(health_.Ready().ok);
  for (int i = 0; i < 100; ++i) Report("dead-letter");
  clock_.Advance(seconds(60));
  dispatcher_->Step();
  delivery_->Heal();
  RunToTheEnd();
  const auto sent = delivery_->sent();
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(sent[1].count, 101u);
  EXPECT_THAT(health_.Ready().body, HasSubstr(R"("alert-delivery":{"ok":true)"));
}

TEST_F(DispatcherTest, beyond_the_cap_notifications_are_logged_and_counted_and_one_notice_says_so) {
  auto owned = std::make_unique<FakeDelivery>();
  FakeDelivery& delivery = *owned;
  observe::Health health{clock_};
  Dispatcher dispatcher({.max_per_hour = 4}, clock_, metrics_, health, std::move(owned));
  for (int i = 0; i < 10; ++i) dispatcher.Report(MakeAlert("kind-" + std::to_string(i)));
  const Instant end = clock_.Now() + HourlyCap::kHour;
  while (const auto due = dispatcher.NextDue()) {
    if (*due > clock_.Now()) clock_.Advance(*due - clock_.Now());
    if (clock_.Now() > end) break;
    dispatcher.Step();
  }
  const auto sent = delivery.sent();
  ASSERT_EQ(sent.size(), 5u);  // a quarter of the four is kept for critical ones
  EXPECT_EQ(sent[3].kind, "alerts-capped");
  EXPECT_EQ(sent[3].state, State::kFiring);
  EXPECT_EQ(sent[4].kind, "alerts-capped");
  EXPECT_EQ(sent[4].state, State::kRecovered);
  EXPECT_EQ(sent[4].count, 17u);  // of ten firing and ten recovered
  EXPECT_EQ(metrics_.Sum("ntsp_alert_dropped_total", {{"reason", "cap"}}), 17);
  EXPECT_EQ(metrics_.Sum("ntsp_alert_notifications_total"), 22);
}

TEST_F(DispatcherTest, without_a_delivery_alerts_are_made_and_logged_all_the_same) {
  observe::Health health{clock_};
  Dispatcher dispatcher({}, clock_, metrics_, health, nullptr);
  dispatcher.Report(MakeAlert("dead-letter"));
  dispatcher.Step();
  EXPECT_EQ(Made("firing"), 1);
  EXPECT_TRUE(dispatcher.delivered_all());
  EXPECT_EQ(health.Ready().body, R"({"status":"ready","components":{}})");
}

TEST_F(DispatcherTest, next_due_is_now_for_a_first_then_the_end_of_its_window) {
  EXPECT_EQ(dispatcher_->NextDue(), std::nullopt);
  Report("dead-letter");
  EXPECT_EQ(dispatcher_->NextDue(), clock_.Now());
  dispatcher_->Step();
  EXPECT_EQ(dispatcher_->NextDue(), clock_.Now() + seconds(60));
}

TEST_F(DispatcherTest, flush_makes_the_open_summaries_due_at_once) {
  Report("dead-letter");
  dispatcher_->Step();
  Report("dead-letter");
  dispatcher_->Flush();
  dispatcher_->Step();
  ASSERT_EQ(delivery_->sent().size(), 2u);
  EXPECT_EQ(delivery_->sent()[1].state, State::kSummary);
}

TEST_F(DispatcherTest, trying_again_does_not_wait_for_the_pause) {
  delivery_->FailWith(ErrorKind::kRetry);
  Report("dead-letter");
  dispatcher_->Step();
  EXPECT_FALSE(dispatcher_->TryAgain());
  delivery_->Heal();
  EXPECT_TRUE(dispatcher_->TryAgain());
  EXPECT_TRUE(dispatcher_->delivered_all());
}

TEST_F(DispatcherTest, kinds_without_end_are_counted_as_lost) {
  for (size_t i = 0; i < Grouping::kMaxKinds + 5; ++i) Report("kind-" + std::to_string(i));
  EXPECT_EQ(metrics_.Sum("ntsp_alert_dropped_total", {{"reason", "too-many-kinds"}}), 5);
}

}  // namespace
}  // namespace ntsp::alert
