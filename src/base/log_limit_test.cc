#include "base/log_limit.h"

#include <gtest/gtest.h>

namespace ntsp::log {
namespace {

using std::chrono::seconds;

class LimitTest : public testing::Test {
 protected:
  // How many of `count` lines at once are written.
  uint32_t Written(const char* event, int count) {
    uint32_t written = 0;
    for (int i = 0; i < count; ++i) written += limit_.Admit(event, now_) ? 1 : 0;
    return written;
  }

  Limit limit_;
  Instant now_{seconds(100)};
};

TEST_F(LimitTest, ten_lines_of_an_event_are_written_in_ten_seconds) {
  EXPECT_EQ(Written("e", 1000), 10u);
}

TEST_F(LimitTest, one_event_does_not_silence_another) {
  Written("noisy", 1000);
  EXPECT_EQ(limit_.Admit("quiet", now_), 0u);
}

TEST_F(LimitTest, the_next_written_line_says_once_how_many_were_not) {
  Written("e", 25);
  now_ += seconds(10);
  EXPECT_EQ(limit_.Admit("e", now_), 15u);
  EXPECT_EQ(limit_.Admit("e", now_), 0u);
}

TEST_F(LimitTest, the_window_begins_with_its_first_line) {
  Written("e", 10);
  now_ += seconds(9);
  EXPECT_EQ(Written("e", 5), 0u);
  now_ += seconds(1);
  EXPECT_EQ(Written("e", 20), 10u);
}

}  // namespace
}  // namespace ntsp::log
