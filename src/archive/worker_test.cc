#include "archive/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/worker_fake.h"

namespace ntsp::archive {
namespace {

using kafka::CommitOutcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(WorkerTest, an_idle_window_is_archived_when_it_is_old_enough) {
  Produce(nodes_, 3);
  ReadAll();
  EXPECT_THAT(store_->objects(), IsEmpty());
  clock_.Advance(300s);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 3));
  EXPECT_THAT(store_->objects(), ElementsAre(testing::Pair(Key(nodes_, 0, 3), Rows(nodes_, 0, 3))));
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan", "3"));
  EXPECT_EQ(metrics_.Sum("ntsp_archive_windows_closed_total", {{"cause", "age"}}), 1);
  EXPECT_EQ(metrics_.Sum("ntsp_archive_rows_total"), 3);
  ASSERT_THAT(events_.objects().List(), SizeIs(1));
  EXPECT_EQ(events_.objects().List()[0].key, Key(nodes_, 0, 3));
  EXPECT_EQ(events_.objects().List()[0].rows, 3u);
}

TEST_F(WorkerTest, a_window_is_a_span_that_says_how_it_ended) {
  Produce(nodes_, 3);
  ReadAll();
  clock_.Advance(300s);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 3));
  ASSERT_THAT(tracer_.spans, SizeIs(1));
  EXPECT_EQ(Shown(tracer_.spans[0], "ntsp.object_keys"), Key(nodes_, 0, 3));
  EXPECT_EQ(Shown(tracer_.spans[0], "ntsp.outcome"), "archived");
  Produce(nodes_, 3);
  store_->away = true;
  ReadAll();
  clock_.Advance(300s);
  ASSERT_TRUE(StepUntil([&] { return store_->failures > 0; }));
  Restart();
  ASSERT_THAT(tracer_.spans, SizeIs(2));
  EXPECT_EQ(Shown(tracer_.spans[1], "ntsp.outcome"), "left to the next owner");
}

TEST_F(WorkerTest, full_windows_follow_each_other_without_gap_or_overlap) {
  max_bytes_ = 100;
  Restart();
  Produce(nodes_, 40);
  clock_.Advance(1s);
  ASSERT_TRUE(StepUntil([&] {
    clock_.Advance(10s);
    return broker_.committed[nodes_].offset == Offset{40};
  }));
  std::string rows;
  for (const auto& [key, bytes] : store_->objects()) rows += bytes;
  EXPECT_EQ(rows, Rows(nodes_, 0, 40));
  EXPECT_GT(store_->puts, 3);
}

TEST_F(WorkerTest, I2_I3_a_plan_that_was_committed_before_a_crash_is_redone_with_the_same_key_and_rows) {
  Produce(nodes_, 5);
  store_->away = true;
  ReadAll();
  clock_.Advance(300s);
  StepUntil([&] { return store_->failures > 0; });
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan"));
  Produce(nodes_, 5);
  store_->away = false;
  Restart();
  ASSERT_TRUE(StepUntil([&] { return broker_.committed[nodes_].offset == Offset{5}; }));
  EXPECT_THAT(store_->objects(), ElementsAre(testing::Pair(Key(nodes_, 0, 5), Rows(nodes_, 0, 5))));
  EXPECT_EQ(metrics_.Sum("ntsp_archive_windows_closed_total", {{"cause", "redo"}}), 1);
}

TEST_F(WorkerTest, a_redo_after_the_upload_writes_the_same_object_again) {
  Produce(nodes_, 5);
  broker_.committed[nodes_] = {nodes_, Offset{0}, Plan(5)};
  ASSERT_TRUE(StepUntilCommitted(nodes_, 5));
  const auto before = store_->objects();
  broker_.committed[nodes_] = {nodes_, Offset{0}, Plan(5)};
  Restart();
  ASSERT_TRUE(StepUntilCommitted(nodes_, 5));
  EXPECT_EQ(store_->objects(), before);
  EXPECT_EQ(store_->puts, 2);
}

TEST_F(WorkerTest, I4_while_the_store_is_away_nothing_is_done_and_reading_pauses_then_it_catches_up) {
  max_bytes_ = 100;
  Restart();
  store_->away = true;
  Produce(nodes_, 60);
  ASSERT_TRUE(StepUntil([&] { return broker_.paused.contains(nodes_) && store_->failures > 3; }));
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan"));
  EXPECT_THAT(alerts_.kinds, testing::Contains("archive-failing"));
  const double read = metrics_.Sum("ntsp_archive_messages_total");
  Steps(50);
  EXPECT_EQ(metrics_.Sum("ntsp_archive_messages_total"), read) << "paused, but polled";
  EXPECT_NE(events_.store_trouble(), "");
  EXPECT_GT(metrics_.Sum("ntsp_archive_store_retries_total"), 0);
  store_->away = false;
  ASSERT_TRUE(StepUntil([&] {
    clock_.Advance(10s);
    return broker_.committed[nodes_].offset == Offset{60};
  }));
  std::string rows;
  for (const auto& [key, bytes] : store_->objects()) rows += bytes;
  EXPECT_EQ(rows, Rows(nodes_, 0, 60));
  EXPECT_EQ(events_.store_trouble(), "");
}

TEST_F(WorkerTest, I6_a_revoked_partition_is_dropped_and_never_committed) {
  Produce(nodes_, 3);
  ReadAll();
  store_->away = true;
  clock_.Advance(300s);
  StepUntil([&] { return store_->failures > 0; });
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan"));
  broker_.revoke_next = nodes_;
  Steps(1);
  store_->away = false;
  clock_.Advance(1000s);
  Steps(50);
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan"));
}

TEST_F(WorkerTest, I7_an_unknown_commit_is_followed_by_a_new_membership_not_by_another_commit) {
  AddPartition(more_nodes_);
  Restart();
  Produce(nodes_, 3);
  Produce(more_nodes_, 3);
  ReadAll();
  broker_.next_outcomes = {CommitOutcome::kUnknown};
  broker_.unknown_commits_are_stored = true;
  clock_.Advance(300s);
  Steps(1);
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan")) << "also not for the other partition";
  EXPECT_EQ(broker_.sources_closed, 1);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 3)) << "the plan had arrived, and is redone";
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan", "3"));
  EXPECT_EQ(broker_.sources_opened, 2);
}

TEST_F(WorkerTest, a_refused_commit_is_sent_again_while_the_partition_is_still_owned) {
  Produce(nodes_, 3);
  ReadAll();
  broker_.next_outcomes = {CommitOutcome::kRefused};
  clock_.Advance(300s);
  Steps(5);
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan"));
  clock_.Advance(1s);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 3));
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan", "0 plan", "3"));
}

TEST_F(WorkerTest, foreign_messages_are_counted_reported_and_passed_over) {
  Produce(nodes_, 1);
  ProduceText(nodes_, "what is this");
  ProduceText(nodes_, std::nullopt);
  Produce(nodes_, 1);
  ReadAll();
  clock_.Advance(300s);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 4));
  EXPECT_EQ(store_->objects()[Key(nodes_, 0, 4)], Rows(nodes_, 0, 1) + Rows(nodes_, 3, 4));
  EXPECT_EQ(metrics_.Sum("ntsp_archive_messages_skipped_total"), 2);
  EXPECT_THAT(alerts_.kinds, testing::Contains("archive-foreign-message"));
}

TEST_F(WorkerTest, a_window_without_rows_is_done_without_an_object) {
  ProduceText(nodes_, "what is this");
  ReadAll();
  clock_.Advance(300s);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 1));
  EXPECT_THAT(store_->objects(), IsEmpty());
}

TEST_F(WorkerTest, stop_archives_what_is_open) {
  Produce(nodes_, 3);
  ReadAll();
  worker_->Stop(clock_.Now() + 15s);
  ASSERT_TRUE(worker_->Run());
  EXPECT_THAT(broker_.commits, ElementsAre("0 plan", "3"));
  EXPECT_EQ(broker_.sources_closed, 1);
}

TEST_F(WorkerTest, stop_leaves_to_the_next_start_what_cannot_be_done_in_time) {
  Produce(nodes_, 3);
  ReadAll();
  store_->away = true;
  Steps(2);
  worker_->Stop(clock_.Now() + 15s);
  Steps(5);
  clock_.Advance(15s);
  ASSERT_TRUE(worker_->Run());
  EXPECT_EQ(broker_.committed[nodes_].metadata, Plan(3));
  store_->away = false;
  Restart();
  ASSERT_TRUE(StepUntilCommitted(nodes_, 3));
}

TEST_F(WorkerTest, a_plan_of_another_layout_ends_the_worker_with_what_differs) {
  broker_.committed[nodes_] = {nodes_, Offset{0},
                               FormatPlan({{5}, Layout{"s3://old", "x", Table::kNode}.Text()})};
  Result<void> stepped;
  for (int i = 0; i < 3 && stepped; ++i) stepped = Step();
  ASSERT_FALSE(stepped);
  EXPECT_EQ(stepped.error().kind, ErrorKind::kStop);
  EXPECT_THAT(stepped.error().message, HasSubstr("node-data/0"));
  EXPECT_THAT(stepped.error().message, HasSubstr("S3_PREFIX"));
}

TEST_F(WorkerTest, offsets_that_retention_deleted_are_counted_and_reported) {
  Produce(nodes_, 10);
  broker_.committed[nodes_] = {nodes_, Offset{2}, ""};
  broker_.DeleteBefore(nodes_, {6});
  StepUntil([&] { return metrics_.Sum("ntsp_archive_lost_offsets_total") > 0; });
  Steps(5);
  clock_.Advance(300s);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 10));
  EXPECT_EQ(metrics_.Sum("ntsp_archive_lost_offsets_total"), 4);
  EXPECT_EQ(store_->objects()[Key(nodes_, 6, 10)], Rows(nodes_, 6, 10));
}

TEST_F(WorkerTest, an_object_that_exists_is_kept_when_its_messages_are_partly_gone) {
  Produce(nodes_, 10);
  ASSERT_TRUE(store_->Put(Key(nodes_, 2, 8), "the whole window"));
  broker_.committed[nodes_] = {nodes_, Offset{2}, Plan(8)};
  broker_.DeleteBefore(nodes_, {6});
  ASSERT_TRUE(StepUntil([&] { return broker_.committed[nodes_].offset == Offset{8}; }));
  EXPECT_THAT(store_->objects(), SizeIs(1));
  EXPECT_EQ(store_->objects()[Key(nodes_, 2, 8)], "the whole window");
}

TEST_F(WorkerTest, a_forgotten_offset_is_found_in_the_store_and_nothing_is_archived_twice) {
  Produce(nodes_, 10);
  ReadAll();
  clock_.Advance(300s);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 10));
  broker_.committed.clear();
  Produce(nodes_, 2);
  Restart();
  ASSERT_TRUE(StepUntil([&] { return metrics_.Sum("ntsp_archive_messages_total") > 12; }));
  StepUntil([&] { return !alerts_.kinds.empty(); });
  Steps(5);
  clock_.Advance(300s);
  ASSERT_TRUE(StepUntilCommitted(nodes_, 12));
  EXPECT_THAT(store_->objects(), SizeIs(2));
  EXPECT_EQ(store_->objects()[Key(nodes_, 10, 12)], Rows(nodes_, 10, 12));
  EXPECT_THAT(alerts_.kinds, ElementsAre("archive-position-found"));
}

}  // namespace
}  // namespace ntsp::archive
