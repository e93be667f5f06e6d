#include "watch/stall_ladder.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp::watch {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLimit = 120s;
const TopicPartition kOne{"raw", {1}}, kTwo{"raw", {2}};

// A worker that looks at its partitions each second and asks the broker whenever it has to.
class StallLadderTest : public testing::Test {
 protected:
  Standing& Has(const TopicPartition& partition) {
    for (Standing& each : standings_) {
      if (each.partition == partition) return each;
    }
    return standings_.emplace_back(Standing{.partition = partition, .read_to = Offset{0}, .high = Offset{0}});
  }
  // The rungs that were climbed in that time: "rejoin raw/1 after 120", …
  std::vector<std::string> After(Duration time) {
    std::vector<std::string> climbed;
    for (const Instant end = now_ + time; now_ < end;) {
      now_ += 1s;
      ladder_.Look(standings_, member_, now_);
      while (const auto partition = ladder_.ToAsk()) {
        ++asked_;
        const auto end_of_log = answers_ ? std::optional(LogOf(*partition)) : std::nullopt;
        const Verdict verdict = ladder_.Asked(*partition, end_of_log, now_);
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(verdict.stuck).count();
        const std::string of = " " + ToString(verdict.partition) + " after " + std::to_string(seconds);
        if (verdict.rung == Rung::kRejoin) climbed.push_back("rejoin" + of);
        if (verdict.rung == Rung::kDead) climbed.push_back("dead" + of);
      }
    }
    return climbed;
  }
  Offset LogOf(const TopicPartition& partition) {
    if (log_end_) return *log_end_;
    return Has(partition).high.value_or(Offset{0});
  }

  using Climbed = std::vector<std::string>;

  StallLadder ladder_{kLimit};
  std::vector<Standing> standings_;
  std::optional<Offset> log_end_;  // what the broker says; absent: what the client knows
  bool member_ = true, answers_ = true;
  int asked_ = 0;
  Instant now_{};
};

TEST_F(StallLadderTest,
       a_partition_that_stands_still_with_work_to_do_makes_the_worker_rejoin_and_then_kills) {
  Has(kOne).high = Offset{10};
  EXPECT_EQ(After(120s), Climbed());
  EXPECT_EQ(After(1s), Climbed{"rejoin raw/1 after 120"});
  EXPECT_EQ(After(119s), Climbed());
  EXPECT_EQ(After(1s), Climbed{"dead raw/1 after 240"});
}

TEST_F(StallLadderTest, progress_of_any_kind_begins_the_time_anew) {
  Has(kOne).high = Offset{1000};
  After(100s);
  Has(kOne).read_to = Offset{1};
  EXPECT_EQ(After(100s), Climbed());
  Has(kOne).settled = Offset{1};
  EXPECT_EQ(After(100s), Climbed());
  EXPECT_EQ(After(30s), Climbed{"rejoin raw/1 after 120"});
}

TEST_F(StallLadderTest, a_rejoin_that_helps_is_forgotten) {
  Has(kOne).high = Offset{10};
  After(121s);
  Has(kOne).read_to = Offset{10};
  EXPECT_EQ(After(1000s), Climbed());
  Has(kOne).high = Offset{20};
  EXPECT_EQ(After(122s), Climbed{"rejoin raw/1 after 120"})
      << "and the next trouble begins with a rejoin again";
}

TEST_F(StallLadderTest, going_back_and_reading_the_same_again_is_no_progress) {
  Has(kOne).high = Offset{10};
  Has(kOne).read_to = Offset{5};
  After(60s);
  Has(kOne).read_to = Offset{0};
  After(30s);
  Has(kOne).read_to = Offset{5};
  EXPECT_EQ(After(40s), Climbed{"rejoin raw/1 after 120"});
}

TEST_F(StallLadderTest, a_partition_that_is_read_to_its_end_may_be_silent_for_ever) {
  Has(kOne).read_to = Offset{10};
  Has(kOne).high = Offset{10};
  EXPECT_EQ(After(3600s), Climbed());
}

TEST_F(StallLadderTest, a_lag_that_the_client_does_not_see_is_found_by_asking_the_broker) {
  Has(kOne).read_to = Offset{10};
  Has(kOne).high = Offset{10};
  log_end_ = Offset{500};  // fetching has stopped, so the client hears of nothing
  EXPECT_EQ(After(121s), Climbed()) << "they may have come a moment ago";
  EXPECT_EQ(After(121s), Climbed{"rejoin raw/1 after 120"});
  EXPECT_EQ(After(121s), Climbed{"dead raw/1 after 240"});
}

TEST_F(StallLadderTest, a_partition_that_never_gave_a_message_is_watched_too) {
  Has(kOne).read_to.reset();
  Has(kOne).high.reset();
  log_end_ = Offset{3};
  EXPECT_EQ(After(242s), Climbed{"rejoin raw/1 after 120"});
}

TEST_F(StallLadderTest, work_that_needs_no_messages_counts) {
  Has(kOne).due = true;
  EXPECT_EQ(After(121s), Climbed{"rejoin raw/1 after 120"});
}

TEST_F(StallLadderTest, an_outage_of_the_brokers_is_not_being_stuck_however_long_it_is) {
  Has(kOne).high = Offset{10};
  Has(kTwo).high = Offset{10};
  answers_ = false;
  EXPECT_EQ(After(std::chrono::hours(10)), Climbed());
  EXPECT_LE(asked_, 36'000 / 120) << "and the loop is not held up by asking";
  answers_ = true;
  Has(kOne).read_to = Offset{10};
  Has(kTwo).read_to = Offset{10};
  EXPECT_EQ(After(500s), Climbed());
}

TEST_F(StallLadderTest, waiting_for_something_that_is_known_to_be_away_is_not_being_stuck) {
  Has(kOne).high = Offset{10};
  Has(kOne).waits = true;
  EXPECT_EQ(After(std::chrono::hours(10)), Climbed());
  Has(kOne).waits = false;
  EXPECT_EQ(After(119s), Climbed()) << "the time begins when it is back";
  EXPECT_EQ(After(3s), Climbed{"rejoin raw/1 after 120"});
}

TEST_F(StallLadderTest, what_fails_and_says_so_makes_the_worker_rejoin_but_never_kills) {
  Has(kOne).high = Offset{10};
  Has(kOne).failing = true;
  EXPECT_EQ(After(363s),
            (Climbed{"rejoin raw/1 after 120", "rejoin raw/1 after 240", "rejoin raw/1 after 360"}));
}

TEST_F(StallLadderTest, one_rejoin_is_the_second_chance_of_all_partitions) {
  Has(kOne).high = Offset{10};
  After(60s);
  Has(kTwo).high = Offset{10};
  EXPECT_EQ(After(61s), Climbed{"rejoin raw/1 after 120"});
  Has(kOne).read_to = Offset{10};
  EXPECT_EQ(After(119s), Climbed());
  EXPECT_EQ(After(1s), Climbed{"dead raw/2 after 180"});
}

TEST_F(StallLadderTest, a_partition_that_another_member_has_is_that_ones_matter) {
  Has(kOne).high = Offset{10};
  After(119s);
  standings_.clear();
  EXPECT_EQ(After(1000s), Climbed());
  Has(kOne).high = Offset{10};
  EXPECT_EQ(After(119s), Climbed()) << "it comes back as a new one";
}

TEST_F(StallLadderTest, a_group_that_does_not_settle_is_noticed_by_those_who_lost_their_partitions) {
  Has(kOne).read_to = Offset{10};
  Has(kOne).high = Offset{10};
  After(5s);
  standings_.clear();
  member_ = false;
  log_end_ = Offset{20};
  EXPECT_EQ(After(400s), (Climbed{"rejoin raw/1 after 120", "dead raw/1 after 240"}));
}

TEST_F(StallLadderTest, the_way_back_after_a_rejoin_does_not_clear_what_was_climbed) {
  Has(kOne).high = Offset{10};
  After(121s);
  standings_.clear();
  member_ = false;
  After(3s);
  member_ = true;
  Has(kOne).high = Offset{10};
  EXPECT_EQ(After(118s), Climbed{"dead raw/1 after 240"});
}

TEST_F(StallLadderTest, a_topic_that_was_made_anew_is_judged_anew) {
  Has(kOne).read_to = Offset{1000};
  Has(kOne).high = Offset{1000};
  After(10s);
  Has(kOne).read_to = log_end_ = Offset{7};
  Has(kOne).high = log_end_ = Offset{7};
  EXPECT_EQ(After(3600s), Climbed());
  Has(kOne).high = log_end_ = Offset{9};
  EXPECT_EQ(After(122s), Climbed{"rejoin raw/1 after 120"});
}

TEST_F(StallLadderTest, a_limit_of_zero_switches_it_off) {
  ladder_ = StallLadder(Duration::zero());
  Has(kOne).high = Offset{10};
  EXPECT_EQ(After(std::chrono::hours(10)), Climbed());
  EXPECT_EQ(asked_, 0);
}

}  // namespace
}  // namespace ntsp::watch
