#include "publish/node_watch.h"

#include <gmock/gmock.h>

#include "publish/worker_fake.h"

namespace ntsp::publish {
namespace {

using alert::Phase;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class NodeWatchTest : public testing::Test {
 protected:
  void See(std::string_view name, Partition partition = {0}) {
    Record record;
    record.Reset(Table::kNode);
    record.Set(column::kNodeName, name);
    record.Set(column::kReceivedAt, clock_.WallTime());
    watch_.See(partition, {&record, 1}, clock_.Now());
  }
  void Pass(int count) {
    clock_.Advance(seconds(count));
    watch_.Tick(clock_.Now());
  }
  // All of them speak each `interval` seconds.
  void Speak(const std::vector<std::string>& names, int interval, int times) {
    for (int i = 0; i < times; ++i) {
      Pass(interval);
      for (const std::string& name : names) See(name);
    }
  }
  std::vector<Phase> Phases() const {
    std::vector<Phase> phases;
    for (const alert::Alert& alert : reported_.alerts) phases.push_back(alert.phase);
    return phases;
  }

  FakeClock clock_;
  AlertsFake reported_;
  NodeWatch watch_{10, reported_};
};

TEST_F(NodeWatchTest, a_node_that_is_silent_for_ten_times_its_interval_is_told_once_until_it_is_heard) {
  Speak({"r1", "r2"}, 30, 10);
  Speak({"r2"}, 30, 10);
  EXPECT_THAT(Phases(), IsEmpty());
  Speak({"r2"}, 30, 20);
  ASSERT_THAT(Phases(), ElementsAre(Phase::kBegins));
  EXPECT_EQ(reported_.alerts[0].kind, "node-silent");
  EXPECT_THAT(reported_.alerts[0].more_nodes, ElementsAre("r1"));
  See("r1");
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins, Phase::kEnds));
}

TEST_F(NodeWatchTest, the_gaps_within_a_burst_are_not_the_interval) {
  for (int i = 0; i < 10; ++i) {
    Pass(300);
    for (int k = 0; k < 50; ++k) See("r1");
    See("r2");
  }
  Speak({"r2"}, 300, 9);
  EXPECT_THAT(Phases(), IsEmpty());
}

TEST_F(NodeWatchTest, an_interval_that_becomes_shorter_is_learnt) {
  Speak({"r1", "r2"}, 300, 5);
  Speak({"r1", "r2"}, 10, 3000);
  Speak({"r2"}, 10, 60);
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins));
}

TEST_F(NodeWatchTest, when_nothing_comes_at_all_nobody_is_silent) {
  Speak({"r1", "r2"}, 30, 10);
  for (int i = 0; i < 100; ++i) Pass(30);
  EXPECT_THAT(Phases(), IsEmpty());
}

TEST_F(NodeWatchTest, a_backlog_that_is_read_fast_silences_nobody) {
  Speak({"r1", "r2"}, 30, 10);
  for (int64_t i = 0; i < 100; ++i) {  // the log goes on by half a minute each, the clock by nothing
    Record record;
    record.Reset(Table::kNode);
    record.Set(column::kNodeName, std::string_view("r2"));
    record.Set(column::kReceivedAt, Timestamp{clock_.WallTime().micros + i * 30'000'000});
    watch_.See({0}, {&record, 1}, clock_.Now());
    Pass(0);
  }
  EXPECT_THAT(Phases(), IsEmpty());
}

TEST_F(NodeWatchTest, a_node_that_spoke_once_has_no_interval) {
  See("r1");
  Speak({"r2"}, 30, 100);
  See("r1");
  Speak({"r2"}, 30, 100);
  EXPECT_THAT(Phases(), IsEmpty());
}

TEST_F(NodeWatchTest, a_first_burst_is_not_enough_to_know_it) {
  for (int i = 0; i < 50; ++i) {
    clock_.Advance(std::chrono::milliseconds(1));
    See("r1");
  }
  Speak({"r2"}, 30, 100);
  EXPECT_THAT(Phases(), IsEmpty());
}

TEST_F(NodeWatchTest, a_partition_that_goes_to_another_worker_is_forgotten) {
  Speak({"r1"}, 30, 10);
  See("r3", {1});
  watch_.Forget({0});
  for (int i = 0; i < 100; ++i) {
    Pass(30);
    See("r3", {1});
  }
  EXPECT_THAT(Phases(), IsEmpty());
}

TEST_F(NodeWatchTest, many_at_once_are_one_alert) {
  Speak({"r1", "r2", "r3"}, 30, 10);
  Pass(1000);
  See("r3");
  Pass(1);
  ASSERT_THAT(Phases(), ElementsAre(Phase::kBegins));
  EXPECT_EQ(reported_.alerts[0].count, 2u);
}

TEST_F(NodeWatchTest, nodes_without_end_do_not_fill_the_memory) {
  for (size_t i = 0; i < NodeWatch::kMaxNodes + 10; ++i) See("r" + std::to_string(i));
  Pass(1);
  EXPECT_THAT(Phases(), IsEmpty());
}

}  // namespace
}  // namespace ntsp::publish
