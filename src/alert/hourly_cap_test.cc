#include "alert/hourly_cap.h"

#include <gmock/gmock.h>

namespace ntsp::alert {
namespace {

using testing::HasSubstr;

class HourlyCapTest : public testing::Test {
 protected:
  bool Admit(HourlyCap& cap, Severity severity = Severity::kCritical) {
    Notification notification;
    notification.severity = severity;
    return cap.Admit(notification, clock_.Now());
  }
  int Admitted(HourlyCap& cap, int tries, Severity severity = Severity::kCritical) {
    int admitted = 0;
    for (int i = 0; i < tries; ++i) admitted += Admit(cap, severity) ? 1 : 0;
    return admitted;
  }
  std::optional<Notification> Notice(HourlyCap& cap) { return cap.Notice(clock_.Now(), clock_.WallTime()); }

  FakeClock clock_;
};

TEST_F(HourlyCapTest, admits_as_many_as_it_says_and_one_notice_tells_when_it_bites) {
  HourlyCap cap(8);
  EXPECT_EQ(Admitted(cap, 8), 8);
  EXPECT_FALSE(Notice(cap));
  EXPECT_EQ(Admitted(cap, 100), 0);
  const auto notice = Notice(cap);
  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->kind, "alerts-capped");
  EXPECT_EQ(notice->state, State::kFiring);
  EXPECT_THAT(notice->summary, HasSubstr("8 notifications an hour (ALERT_MAX_PER_HOUR)"));
  Admit(cap);
  EXPECT_FALSE(Notice(cap));
}

TEST_F(HourlyCapTest, the_last_quarter_is_kept_for_critical_ones) {
  HourlyCap cap(8);
  EXPECT_EQ(Admitted(cap, 100, Severity::kWarning), 6);
  EXPECT_EQ(Admitted(cap, 100, Severity::kCritical), 2);
}

TEST_F(HourlyCapTest, the_end_of_the_hour_tells_how_many_were_withheld_and_begins_anew) {
  HourlyCap cap(4);
  Admitted(cap, 14);
  EXPECT_LE(*cap.NextDue(), clock_.Now());
  Notice(cap);
  EXPECT_EQ(cap.NextDue(), clock_.Now() + HourlyCap::kHour);
  clock_.Advance(HourlyCap::kHour);
  const auto notice = Notice(cap);
  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->state, State::kRecovered);
  EXPECT_EQ(notice->count, 10u);
  EXPECT_EQ(cap.NextDue(), std::nullopt);
  EXPECT_EQ(Admitted(cap, 100), 4);
}

TEST_F(HourlyCapTest, a_quiet_hour_needs_no_notice) {
  HourlyCap cap(4);
  Admitted(cap, 4);
  clock_.Advance(HourlyCap::kHour);
  EXPECT_EQ(Admitted(cap, 4), 4);
  EXPECT_FALSE(Notice(cap));
  EXPECT_EQ(cap.NextDue(), std::nullopt);
}

TEST_F(HourlyCapTest, zero_is_no_limit) {
  HourlyCap cap(0);
  EXPECT_EQ(Admitted(cap, 10'000, Severity::kWarning), 10'000);
}

}  // namespace
}  // namespace ntsp::alert
