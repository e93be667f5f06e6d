#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/worker.h"
#include "archive/worker_fake.h"

namespace ntsp::archive {
namespace {

using kafka::CommitOutcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using StuckWorkerTest = WorkerTest;

TEST_F(StuckWorkerTest, a_partition_that_gives_nothing_is_read_on_by_a_fresh_consumer) {
  Produce(nodes_, 3);
  ReadAll();
  broker_.silent.insert(nodes_);
  Produce(nodes_, 2);
  Pass(110s);
  EXPECT_EQ(broker_.sources_opened, 1);
  broker_.silent.clear();  // so it was the client
  broker_.silent_client = 1;
  Pass(15s);
  EXPECT_EQ(broker_.sources_opened, 2);
  EXPECT_EQ(metrics_.Sum("ntsp_archive_rejoins_total"), 1);
  Pass(310s);
  EXPECT_TRUE(StepUntilCommitted(nodes_, 5));
  EXPECT_THAT(gave_up_, IsEmpty());
}

TEST_F(StuckWorkerTest, a_partition_that_a_fresh_consumer_cannot_read_either_is_alerted_and_given_up) {
  ReadAll();
  broker_.silent.insert(nodes_);
  Produce(nodes_, 2);
  Pass(250s);
  ASSERT_FALSE(gave_up_.empty());
  EXPECT_THAT(gave_up_.front(), HasSubstr("node-data/0"));
  EXPECT_THAT(alerts_.kinds, ElementsAre("partition-stuck"));
}

TEST_F(StuckWorkerTest, an_outage_of_the_brokers_is_not_being_stuck) {
  ReadAll();
  Produce(nodes_, 2);
  broker_.silent.insert(nodes_);
  broker_.away = true;
  Pass(3600s);
  EXPECT_EQ(broker_.sources_opened, 1);
  EXPECT_THAT(gave_up_, IsEmpty());
}

TEST_F(StuckWorkerTest, an_outage_of_the_store_is_not_being_stuck) {
  max_bytes_ = 1;  // each message is a window, so nothing is read while one is uploaded
  StartWorker();
  store_->away = true;
  Produce(nodes_, 50);
  for (int i = 0; i < 600; ++i) {
    Pass(1s);
    std::this_thread::sleep_for(1ms);  // the uploads fail in threads of their own
  }
  EXPECT_GT(metrics_.Sum("ntsp_archive_store_failures_total"), 0);
  EXPECT_EQ(metrics_.Sum("ntsp_archive_rejoins_total"), 0);
  EXPECT_THAT(gave_up_, IsEmpty());
}

TEST_F(StuckWorkerTest, a_window_that_cannot_be_planned_is_work_too) {
  Produce(nodes_, 3);
  ReadAll();
  for (int i = 0; i < 1000; ++i) broker_.next_outcomes.push_back(CommitOutcome::kRefused);
  Pass(300s + 130s);
  EXPECT_EQ(metrics_.Sum("ntsp_archive_rejoins_total"), 1);
}

}  // namespace
}  // namespace ntsp::archive
