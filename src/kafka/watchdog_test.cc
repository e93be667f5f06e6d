#include "kafka/watchdog.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <thread>

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;

// A death test's process is a new one: limits set in it stay in it.
class WatchdogDeath : public testing::Test {
 protected:
  WatchdogDeath() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void HangFor(milliseconds limit) {
  Watchdog::SetLimit(limit);
  Watchdog::BeforeExit(
      [](const char* step) { std::fprintf(stderr, "last words: %s %d\n", step, Watchdog::Fired()); });
  const Watchdog::Scope step("a step that hangs");
  std::this_thread::sleep_for(std::chrono::minutes(5));
}

TEST_F(WatchdogDeath, a_hanging_step_ends_the_process_with_its_own_exit_code_after_the_hook) {
  EXPECT_EXIT(HangFor(milliseconds(50)), testing::ExitedWithCode(Watchdog::kExitCode),
              "last words: a step that hangs 1");
}

TEST_F(WatchdogDeath, the_log_names_the_step) {
  EXPECT_EXIT(HangFor(milliseconds(50)), testing::ExitedWithCode(70), "watchdog.*a step that hangs");
}

void ManyShortSteps() {
  Watchdog::SetLimit(milliseconds(500));
  for (int i = 0; i < 10; ++i) {
    const Watchdog::Scope step("short");
    std::this_thread::sleep_for(milliseconds(100));
  }
  std::_Exit(0);
}

TEST_F(WatchdogDeath, steps_that_end_are_forgotten) {
  EXPECT_EXIT(ManyShortSteps(), testing::ExitedWithCode(0), "");
}

TEST(Watchdog, has_not_fired_while_nothing_hangs) {
  EXPECT_FALSE(Watchdog::Fired());
}

}  // namespace
}  // namespace ntsp::kafka
