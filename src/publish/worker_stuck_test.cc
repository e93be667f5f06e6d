// What the worker does about partitions that stand still, and about offsets that are gone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/worker.h"
#include "publish/worker_fake.h"

namespace ntsp::publish {
namespace {

class StuckTest : public WorkerTest {
 protected:
  // A turn of the loop each second.
  void Pass(std::chrono::seconds time) {
    for (int i = 0; i < time.count(); ++i) {
      clock_.Advance(std::chrono::seconds(1));
      ASSERT_TRUE(Step());
    }
  }
  void Begin() {
    Add(0, Statistics("leaf1", 1));
    Add(1, Statistics("leaf2", 1));
    worker();
    kafka_.rebalances.push_back([this](kafka::RebalanceListener& listener) { source_.Assign(listener); });
    Pass(std::chrono::seconds(3));
    ASSERT_EQ(kafka_.committed[1], 1);
  }
};

TEST_F(StuckTest, a_partition_that_gives_nothing_is_read_on_after_the_worker_joined_anew) {
  Begin();
  kafka_.silent.insert(1);
  Add(1, Statistics("leaf2", 2));
  kafka_.on_rejoin = [this] { kafka_.silent.clear(); };
  for (int i = 0; i < 150; ++i) {
    Add(0, Statistics("leaf1", i));  // the others go on
    Pass(std::chrono::seconds(1));
  }
  Pass(std::chrono::seconds(2));
  EXPECT_EQ(Calls("rejoin"), 1);
  EXPECT_EQ(metrics_.Sum("ntsp_publish_rejoins_total"), 1);
  EXPECT_EQ(kafka_.committed[1], 2);
  EXPECT_EQ(kafka_.In("interfaces").size(), 153u) << "nothing lost, nothing twice";
  EXPECT_TRUE(gave_up_.empty());
}

TEST_F(StuckTest, a_partition_that_joining_anew_does_not_help_is_given_up) {
  Begin();
  kafka_.silent.insert(1);
  Add(1, Statistics("leaf2", 2));
  Pass(std::chrono::seconds(250));
  EXPECT_EQ(Calls("rejoin"), 1);
  ASSERT_FALSE(gave_up_.empty());
  EXPECT_NE(gave_up_.front().find("raw/1"), std::string::npos);
}

TEST_F(StuckTest, an_outage_of_the_brokers_is_waited_out) {
  Begin();
  kafka_.silent = {0, 1};
  Add(1, Statistics("leaf2", 2));
  kafka_.away = true;
  Pass(std::chrono::seconds(1000));
  EXPECT_EQ(Calls("rejoin"), 0);
  EXPECT_TRUE(gave_up_.empty());
}

TEST_F(StuckTest, batches_that_are_refused_again_and_again_never_end_the_process) {
  Begin();
  for (int i = 0; i < 5000; ++i) {
    kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "not enough replicas"});
  }
  Add(1, Statistics("leaf2", 2));
  Pass(std::chrono::seconds(600));
  EXPECT_GT(Calls("rejoin"), 0) << "a fresh consumer may help";
  EXPECT_TRUE(gave_up_.empty()) << "dying would not";
}

// ---- positions that are gone

TEST_F(StuckTest, offsets_that_retention_took_are_counted_and_alerted_and_the_rest_is_read) {
  for (int i = 0; i < 5; ++i) Add(0, Statistics("leaf1", i));
  Add(1, Statistics("leaf2", 1));
  kafka_.committed[0] = 1;
  kafka_.low[0] = 3;
  worker();
  kafka_.rebalances.push_back([this](kafka::RebalanceListener& listener) { source_.Assign(listener); });
  Pass(std::chrono::seconds(5));
  EXPECT_EQ(metrics_.Sum("ntsp_publish_lost_offsets_total"), 2);
  EXPECT_EQ(Calls("restart"), 1);
  EXPECT_EQ(kafka_.committed[0], 5);
  EXPECT_EQ(kafka_.In("interfaces").size(), 3u)
      << "the two that are there, and the other partition's one once";
  ASSERT_EQ(alerts_.alerts.size(), 1u);
  EXPECT_EQ(alerts_.alerts[0].kind, "publish-offsets-lost");
  EXPECT_EQ(alerts_.alerts[0].where, "raw/0@1");
}

TEST_F(StuckTest, a_position_that_is_lost_while_a_batch_is_aborted_is_gone_on_behind_all_the_same) {
  Begin();
  for (int i = 0; i < 5; ++i) Add(1, Statistics("leaf2", i));
  kafka_.low[1] = 4;  // of 1 to 5, the first three are gone
  Add(0, Statistics("leaf1", 2));
  kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "a broker restarts"});
  Pass(std::chrono::seconds(8));
  EXPECT_EQ(metrics_.Sum("ntsp_publish_lost_offsets_total"), 3);
  EXPECT_EQ(kafka_.committed[0], 2);
  EXPECT_EQ(kafka_.committed[1], 6);
  EXPECT_EQ(kafka_.In("interfaces").size(), 5u) << "two at first, one of leaf1, two of leaf2";
}

TEST_F(StuckTest, where_nothing_was_committed_the_beginning_of_the_log_is_no_loss) {
  for (int i = 0; i < 5; ++i) Add(0, Statistics("leaf1", i));
  kafka_.low[0] = 3;
  worker();
  kafka_.rebalances.push_back([this](kafka::RebalanceListener& listener) {
    // A client that could not ask in time starts, and is told that there is no position.
    listener.OnAssigned({{FakeKafka::kTopic, {0}}});
  });
  kafka_.unknown_positions = true;
  Pass(std::chrono::seconds(5));
  EXPECT_EQ(metrics_.Sum("ntsp_publish_lost_offsets_total"), 0);
  EXPECT_EQ(kafka_.committed[0], 5);
}

}  // namespace
}  // namespace ntsp::publish
