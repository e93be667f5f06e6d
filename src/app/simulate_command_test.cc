#include "app/simulate_command.h"

#include <gmock/gmock.h>

#include <vector>

namespace ntsp::app {
namespace {

// Time passes by pausing only.
class SimulateTest : public ::testing::Test {
 protected:
  uint64_t Run(const SimulateOptions& options) {
    const Pace pace{clock_, [this](Duration time) { clock_.Advance(time); }, [this] { return stop_; }};
    const auto count = Simulate(options, pace, [this](const SimulatedMessage&) { return Take(); });
    return count ? *count : 0;
  }
  Result<void> Take() {
    sent_.push_back(clock_.Now() - start_);
    if (sent_.size() == stop_after_) stop_ = true;
    if (sent_.size() == fail_at_) return Retry("no room");
    return {};
  }

  FakeClock clock_;
  const Instant start_ = clock_.Now();
  std::vector<Duration> sent_;
  bool stop_ = false;
  size_t stop_after_ = 0, fail_at_ = 0;
};

using std::chrono::milliseconds;

TEST_F(SimulateTest, keeps_the_rate) {
  EXPECT_EQ(Run({.simulation = {}, .rate = 10, .count = 4}), 4u);
  EXPECT_THAT(sent_, ::testing::ElementsAre(milliseconds(0), milliseconds(100), milliseconds(200),
                                            milliseconds(300)));
}

TEST_F(SimulateTest, ends_after_the_seconds) {
  EXPECT_EQ(Run({.simulation = {}, .rate = 10, .seconds = 2}), 20u);
}

TEST_F(SimulateTest, ends_when_asked_to) {
  stop_after_ = 7;
  EXPECT_EQ(Run({.simulation = {}, .rate = 0}), 7u);
}

TEST_F(SimulateTest, ends_when_a_message_cannot_be_handed_over) {
  fail_at_ = 3;
  EXPECT_EQ(Run({.simulation = {}, .rate = 0, .count = 10}), 0u);
  EXPECT_EQ(sent_.size(), 3u);
}

}  // namespace
}  // namespace ntsp::app
