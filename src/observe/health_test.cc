#include "observe/health.h"

#include <gmock/gmock.h>

namespace ntsp::observe {
namespace {

using testing::HasSubstr;

class HealthTest : public testing::Test {
 protected:
  FakeClock clock_;
  Health health_{clock_};
};

TEST_F(HealthTest, is_not_ready_before_every_required_part_has_said_so) {
  health_.Register("kafka", Role::kRequired);
  health_.Register("group", Role::kRequired);
  EXPECT_FALSE(health_.Ready().ok);
  health_.Set("kafka", true);
  EXPECT_FALSE(health_.Ready().ok);
  EXPECT_THAT(health_.Ready().body, HasSubstr(R"("text":"starting")"));
  health_.Set("group", true);
  EXPECT_TRUE(health_.Ready().ok);
}

TEST_F(HealthTest, follows_a_required_part_down_and_up) {
  health_.Set("kafka", true);
  health_.Set("kafka", false, "no broker");
  EXPECT_FALSE(health_.Ready().ok);
  health_.Set("kafka", true);
  EXPECT_TRUE(health_.Ready().ok);
}

TEST_F(HealthTest, s3_away_is_shown_and_does_not_make_it_unready) {
  health_.Set("kafka", true);
  health_.Register("s3", Role::kInformational);
  health_.Set("s3", false, "503 \"Slow Down\"");
  const HealthReport report = health_.Ready();
  EXPECT_TRUE(report.ok);
  EXPECT_THAT(report.body, HasSubstr(R"("s3":{"ok":false,"required":false,"text":"503 \"Slow Down\"")"));
}

TEST_F(HealthTest, a_part_that_nobody_registered_is_required) {
  health_.Set("surprise", false);
  EXPECT_FALSE(health_.Ready().ok);
}

TEST_F(HealthTest, since_is_when_the_part_last_changed_not_when_it_last_spoke) {
  clock_.SetWall({0});
  health_.Set("kafka", true);
  clock_.Advance(std::chrono::seconds(5));
  health_.Set("kafka", true, "still");
  EXPECT_EQ(health_.Ready().body,
            R"({"status":"ready","components":{"kafka":{"ok":true,"required":true,"text":"still",)"
            R"("since":"1970-01-01T00:00:00.000000Z"}}})");
  health_.Set("kafka", false);
  EXPECT_THAT(health_.Ready().body, HasSubstr("1970-01-01T00:00:05"));
}

TEST_F(HealthTest, lives_while_the_broker_is_away) {
  health_.Set("kafka", false);
  EXPECT_TRUE(health_.Live().ok);
  EXPECT_EQ(health_.Live().body, R"({"status":"live"})");
}

TEST_F(HealthTest, is_dead_for_good_with_the_first_reason) {
  health_.SetDead("partition 3 stuck");
  health_.SetDead("later");
  EXPECT_FALSE(health_.Live().ok);
  EXPECT_EQ(health_.Live().body, R"({"status":"dead","reason":"partition 3 stuck"})");
}

}  // namespace
}  // namespace ntsp::observe
