#include <gmock/gmock.h>

#include "archive/worker_fake.h"

namespace ntsp::archive {
namespace {

class WorkerMemoryTest : public WorkerTest {};

TEST_F(WorkerMemoryTest, the_largest_window_is_closed_first_when_memory_is_short) {
  AddPartition(more_nodes_);
  budget_ = 100;
  Restart();
  Produce(nodes_, 2);
  Produce(more_nodes_, 6);
  ASSERT_TRUE(StepUntilCommitted(more_nodes_, 6));
  EXPECT_EQ(broker_.committed[nodes_].offset, Offset{0}) << "it is small and may wait";
  EXPECT_EQ(metrics_.Sum("ntsp_archive_windows_closed_total", {{"cause", "memory"}}), 1);
}

TEST_F(WorkerMemoryTest, reading_stops_at_the_memory_budget_and_goes_on_by_itself_when_the_store_is_back) {
  budget_ = 300;
  Restart();
  store_->away = true;
  Produce(nodes_, 200);
  ASSERT_TRUE(StepUntil([&] { return broker_.paused.contains(nodes_) && store_->failures > 3; }));
  Steps(20);
  const double read = metrics_.Sum("ntsp_archive_messages_total");
  EXPECT_LT(read, 60) << "300 bytes are about 20 rows, and a batch has 10";
  store_->away = false;
  EXPECT_TRUE(StepUntil([&] { return metrics_.Sum("ntsp_archive_messages_total") == 200; }))
      << "without waiting for windows to grow old";
}

TEST_F(WorkerMemoryTest,
       windows_to_redo_that_are_larger_than_the_budget_together_are_redone_one_after_the_other) {
  const std::vector<TopicPartition> partitions = {nodes_, more_nodes_, {"node-data", {2}}};
  for (const TopicPartition& partition : partitions) {
    AddPartition(partition);
    Produce(partition, 20);
  }
  store_->away = true;
  max_bytes_ = 200;  // of a row there are 15
  Restart();
  ASSERT_TRUE(StepUntil([&] { return broker_.commits.size() == 3; })) << "all three are planned";
  budget_ = 300;
  Restart();
  store_->away = false;
  double most = 0;
  for (const TopicPartition& partition : partitions) {
    ASSERT_TRUE(StepUntil([&] {
      clock_.Advance(1s);
      most = std::max(most, metrics_.Sum("ntsp_memory_bytes", {{"holder", "windows"}}) +
                                metrics_.Sum("ntsp_memory_bytes", {{"holder", "uploads"}}));
      return *broker_.committed[partition].offset > Offset{0};
    })) << ToString(partition);
  }
  EXPECT_EQ(metrics_.Sum("ntsp_archive_windows_closed_total", {{"cause", "redo"}}), 3);
  EXPECT_LE(most, 300 + 10 * 15) << "the budget, and the rows of one poll";
}

}  // namespace
}  // namespace ntsp::archive
