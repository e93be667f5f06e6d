#include "app/history.h"

#include <gmock/gmock.h>

namespace ntsp::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;

class HistoryTest : public testing::Test {
 protected:
  // So many seconds with so many messages in each.
  void Pass(int count, double messages_each) {
    for (int i = 0; i < count; ++i) {
      clock_.Advance(seconds(1));
      messages_.Add(messages_each);
      history_.Add(clock_.Now(), metrics_);
    }
  }

  FakeClock clock_;
  observe::Metrics metrics_;
  observe::Counter& messages_ = metrics_.GetCounter("ntsp_publish_messages_total", "", {{"dialect", "eda"}});
  observe::Gauge& lag_ = metrics_.GetGauge("ntsp_publish_lag_messages", "", {{"partition", "0"}});
  History history_;
};

TEST_F(HistoryTest, knows_nothing_before_the_first_sample) {
  EXPECT_EQ(history_.Now(Track::kMessages), 0);
  EXPECT_THAT(history_.Series(Track::kMessages), IsEmpty());
  EXPECT_EQ(history_.Before(Track::kLag, seconds(1)), std::nullopt);
  EXPECT_EQ(history_.Still(Track::kMessages, clock_.Now()), std::nullopt);
}

TEST_F(HistoryTest, the_rate_of_now_is_that_of_the_last_ten_seconds) {
  Pass(60, 100);
  Pass(10, 7);
  EXPECT_DOUBLE_EQ(history_.Now(Track::kMessages), 7);
}

TEST_F(HistoryTest, the_series_has_a_rate_for_each_five_seconds_and_the_value_of_a_gauge) {
  lag_.Set(3);
  Pass(6, 10);
  lag_.Set(9);
  Pass(5, 20);
  EXPECT_THAT(history_.Series(Track::kMessages), ElementsAre(10, 20));
  EXPECT_THAT(history_.Series(Track::kLag), ElementsAre(3, 9));
}

TEST_F(HistoryTest, holds_a_quarter_of_an_hour_and_no_more) {
  Pass(3000, 1);
  EXPECT_THAT(history_.Series(Track::kMessages), SizeIs(180));
  EXPECT_THAT(history_.Series(Track::kMessages), Each(1));
  EXPECT_EQ(history_.Before(Track::kLag, minutes(16)), std::nullopt);
}

TEST_F(HistoryTest, tells_what_was_before) {
  lag_.Set(50);
  Pass(10, 0);
  lag_.Set(80);
  Pass(10, 0);
  EXPECT_THAT(history_.Before(Track::kLag, seconds(15)), Optional(50));
  EXPECT_EQ(history_.Now(Track::kLag), 80);
}

TEST_F(HistoryTest, tells_how_long_a_counter_stands_still) {
  Pass(5, 1);
  Pass(30, 0);
  EXPECT_THAT(history_.Still(Track::kMessages, clock_.Now()), Optional(Duration(seconds(30))));
}

TEST_F(HistoryTest, ticks_that_come_too_fast_do_not_fill_it) {
  for (int i = 0; i < 10; ++i) {
    clock_.Advance(milliseconds(100));
    messages_.Add(1);
    history_.Add(clock_.Now(), metrics_);
  }
  Pass(10, 10);
  EXPECT_DOUBLE_EQ(history_.Now(Track::kMessages), 10);
  EXPECT_THAT(history_.Series(Track::kMessages), SizeIs(2));
}

}  // namespace
}  // namespace ntsp::app
