#include "watch/rebalance_pause.h"

#include <gtest/gtest.h>

namespace ntsp::watch {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kWall{1'700'000'000'000'000};
constexpr Timestamp kOld{kWall.micros - 3'600'000'000};
const TopicPartition kOne{"raw", {1}}, kTwo{"raw", {2}};

Instant At(Duration time) {
  return Instant(1000s + time);
}

TEST(RebalancePause, of_an_own_partition_is_from_giving_it_up_to_its_first_message) {
  RebalancePause pauses;
  pauses.Revoked({kOne}, At(0s));
  pauses.Assigned({kOne}, At(2s));
  EXPECT_TRUE(pauses.Awaits());
  const auto pause = pauses.Read(kOne, kOld, At(3s), kWall);
  ASSERT_TRUE(pause);
  EXPECT_EQ(pause->length, 3s);
  EXPECT_TRUE(pause->own);
  EXPECT_FALSE(pauses.Awaits());
  EXPECT_FALSE(pauses.Read(kOne, kOld, At(9s), kWall)) << "only the first message ends a pause";
}

TEST(RebalancePause, of_anothers_partition_is_from_when_the_rebalance_was_noticed) {
  RebalancePause joins, gains;
  joins.Joining(At(0s));
  joins.Assigned({kOne}, At(4s));
  EXPECT_EQ(joins.Read(kOne, kOld, At(5s), kWall)->length, 5s);
  gains.Revoked({kOne}, At(0s));
  gains.Assigned({kOne, kTwo}, At(1s));
  const auto pause = gains.Read(kTwo, kOld, At(2s), kWall);
  EXPECT_EQ(pause->length, 2s);
  EXPECT_FALSE(pause->own);
}

TEST(RebalancePause, is_no_longer_than_the_first_message_has_waited) {
  RebalancePause pauses;
  pauses.Revoked({kOne}, At(0s));
  pauses.Assigned({kOne}, At(1s));
  const Timestamp fresh{kWall.micros - 5'000};
  EXPECT_EQ(pauses.Read(kOne, fresh, At(500s), kWall)->length, 5ms) << "it was idle, so nothing waited";
}

TEST(RebalancePause, goes_on_through_a_second_rebalance_in_which_nothing_was_read) {
  RebalancePause pauses;
  pauses.Revoked({kOne}, At(0s));
  pauses.Assigned({kOne}, At(1s));
  pauses.Revoked({kOne}, At(2s));
  pauses.Assigned({kOne}, At(3s));
  EXPECT_EQ(pauses.Read(kOne, kOld, At(4s), kWall)->length, 4s);
}

TEST(RebalancePause, does_not_count_the_time_that_another_had_the_partition) {
  RebalancePause pauses;
  pauses.Revoked({kOne}, At(0s));
  pauses.Assigned({}, At(1s));
  pauses.Revoked({}, At(100s));
  pauses.Assigned({kOne}, At(101s));
  EXPECT_EQ(pauses.Read(kOne, kOld, At(102s), kWall)->length, 2s);
}

}  // namespace
}  // namespace ntsp::watch
