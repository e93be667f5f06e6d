#include "watch/partition_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ntsp::watch {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const TopicPartition kOne{"raw", {1}};

class Alerts : public alert::Reporter {
 public:
  void Report(alert::Alert alert) override { all.push_back(std::move(alert)); }
  std::vector<alert::Alert> all;
};

class FixedRetention : public Retentions {
 public:
  std::optional<Retention> Of(const std::string&) const override { return retention; }
  std::optional<Retention> retention;
};

class PartitionWatchTest : public testing::Test {
 protected:
  PartitionWatchTest() { watch_.Assigned({kOne}, {{kOne, Offset{0}, ""}}); }

  // How often the worker had to rejoin.
  int Pass(Duration time) {
    int rejoins = 0;
    for (Duration passed{}; passed < time; passed += 1s) {
      clock_.Advance(1s);
      const auto complete = [this](Standing& standing) {
        standing.low = Offset{0};
        standing.high = Offset{high_};
        standing.oldest = oldest_;
      };
      const auto ask = [this](const TopicPartition& partition) -> Result<kafka::PartitionState> {
        return kafka::PartitionState{partition, Offset{0}, Offset{high_}};
      };
      if (watch_.MustRejoin(complete, ask)) ++rejoins;
    }
    return rejoins;
  }
  void Read(int64_t offset, Duration age = 0s) {
    kafka::Message message{.topic = kOne.topic,
                           .partition = kOne.partition,
                           .offset = Offset{offset},
                           .timestamp = Ago(age),
                           .key = {},
                           .value = {}};
    watch_.Read(std::span(&message, 1), {});
  }
  Timestamp Ago(Duration age) const {
    return {clock_.WallTime().micros - std::chrono::duration_cast<std::chrono::microseconds>(age).count()};
  }
  double Metric(const char* name) const { return metrics_.Sum(name); }
  double Wall() const { return static_cast<double>(clock_.WallTime().micros) / 1e6; }

  observe::Metrics metrics_;
  Alerts alerts_;
  FakeClock clock_;
  FixedRetention retention_;
  std::vector<std::string> gave_up_;
  int64_t high_ = 0;
  std::optional<Timestamp> oldest_;
  PartitionWatch watch_{
      Stage::kPublish, 120s, {metrics_, alerts_, clock_, &retention_, [this](const std::string& reason) {
                                gave_up_.push_back(reason);
                              }}};
};

TEST_F(PartitionWatchTest, a_stuck_partition_is_counted_then_alerted_with_its_name_and_given_up) {
  high_ = 10;
  EXPECT_EQ(Pass(122s), 1);
  EXPECT_EQ(Metric("ntsp_publish_rejoins_total"), 1);
  EXPECT_THAT(alerts_.all, IsEmpty()) << "a rejoin may help";
  EXPECT_EQ(Pass(122s), 0);
  ASSERT_EQ(alerts_.all.size(), 1u);
  EXPECT_EQ(alerts_.all.front().kind, "partition-stuck");
  EXPECT_EQ(alerts_.all.front().severity, alert::Severity::kCritical);
  EXPECT_EQ(alerts_.all.front().where, "raw/1");
  ASSERT_FALSE(gave_up_.empty());
  EXPECT_THAT(gave_up_.front(), HasSubstr("raw/1 has messages to read and has not got on for 240 s"));
}

TEST_F(PartitionWatchTest, the_end_of_the_log_counts_as_read_though_no_message_is_there) {
  high_ = 10;  // markers and an aborted transaction
  watch_.Read({}, std::vector<kafka::EndReached>{{kOne, Offset{10}}});
  EXPECT_EQ(Pass(1000s), 0);
}

TEST_F(PartitionWatchTest, progress_is_shown_as_a_time_that_stands_still_with_the_partition) {
  Pass(5s);
  EXPECT_DOUBLE_EQ(Metric("ntsp_publish_last_progress_timestamp_seconds"), Wall()) << "nothing to do";
  high_ = 10;
  Pass(1s);
  const double stopped = Wall();
  Pass(50s);
  EXPECT_DOUBLE_EQ(Metric("ntsp_publish_last_progress_timestamp_seconds"), stopped);
  Read(3);
  Pass(1s);
  EXPECT_DOUBLE_EQ(Metric("ntsp_publish_last_progress_timestamp_seconds"), Wall());
}

TEST_F(PartitionWatchTest, what_waits_for_more_than_half_of_the_retention_is_alerted_once_and_is_over_once) {
  retention_.retention = Retention{.time = 100h, .bytes = {}};
  high_ = 1000;
  Read(1, 49h);
  Pass(1s);
  EXPECT_NEAR(Metric("ntsp_publish_retention_used_ratio"), 0.49, 0.001);
  EXPECT_THAT(alerts_.all, IsEmpty());
  Read(2, 51h);
  Pass(3s);
  ASSERT_EQ(alerts_.all.size(), 1u);
  EXPECT_EQ(alerts_.all[0].kind, "retention-risk");
  EXPECT_EQ(alerts_.all[0].phase, alert::Phase::kBegins);
  EXPECT_THAT(alerts_.all[0].summary, HasSubstr("raw/1: 51 % of the 100 hours"));
  Read(3, 45h);
  Pass(1s);
  EXPECT_EQ(alerts_.all.size(), 1u) << "not yet far from the limit";
  Read(4, 10h);
  Pass(1s);
  ASSERT_EQ(alerts_.all.size(), 2u);
  EXPECT_EQ(alerts_.all[1].phase, alert::Phase::kEnds);
}

TEST_F(PartitionWatchTest, a_message_after_a_long_silence_is_no_risk) {
  retention_.retention = Retention{.time = 10h, .bytes = {}};
  high_ = 1;
  Read(0, 0s);
  for (int i = 0; i < 9; ++i) {
    clock_.Advance(1h);
    Pass(1s);
  }
  high_ = 2;  // just now
  Pass(2s);
  EXPECT_LT(Metric("ntsp_publish_retention_used_ratio"), 0.01);
  EXPECT_THAT(alerts_.all, IsEmpty());
}

TEST_F(PartitionWatchTest, what_is_read_and_not_settled_counts_as_waiting) {
  retention_.retention = Retention{.time = 10h, .bytes = {}};
  high_ = 1;
  Read(0, 0s);
  oldest_ = Ago(6h);
  Pass(1s);
  EXPECT_NEAR(Metric("ntsp_publish_retention_used_ratio"), 0.6, 0.001);
}

TEST_F(PartitionWatchTest, a_partition_that_goes_takes_its_risk_with_it) {
  retention_.retention = Retention{.time = 10h, .bytes = {}};
  high_ = 9;
  Read(0, 9h);
  Pass(1s);
  watch_.Revoked({kOne});
  ASSERT_EQ(alerts_.all.size(), 2u);
  EXPECT_EQ(alerts_.all[1].phase, alert::Phase::kEnds);
  EXPECT_EQ(Metric("ntsp_publish_retention_used_ratio"), 0);
}

TEST_F(PartitionWatchTest, the_longest_pause_of_a_rebalance_is_shown) {
  Read(0);  // ends the wait of the first assignment
  watch_.Revoked({kOne});
  clock_.Advance(7s);
  watch_.Assigned({kOne}, {{kOne, Offset{1}, ""}});
  Read(1, 60s);
  EXPECT_DOUBLE_EQ(Metric("ntsp_publish_longest_rebalance_pause_seconds"), 7);
  watch_.Revoked({kOne});
  clock_.Advance(2s);
  watch_.Assigned({kOne}, {{kOne, Offset{2}, ""}});
  Read(2, 60s);
  EXPECT_DOUBLE_EQ(Metric("ntsp_publish_longest_rebalance_pause_seconds"), 7);
}

}  // namespace
}  // namespace ntsp::watch
