#include "publish/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/worker_fake.h"

namespace ntsp::publish {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST_F(WorkerTest, a_batch_is_committed_after_the_interval) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  EXPECT_THAT(kafka_.visible, IsEmpty());
  clock_.Advance(options_.commit_interval);
  ASSERT_TRUE(Step());
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(1));
  EXPECT_THAT(kafka_.In("nodes"), SizeIs(1));
  EXPECT_EQ(kafka_.In("interfaces")[0].key, "leaf-1");
  EXPECT_EQ(kafka_.committed[0], 1);
}

TEST_F(WorkerTest, nothing_is_begun_or_committed_without_messages) {
  StepAndCommit(3);
  EXPECT_THAT(kafka_.calls, IsEmpty());
}

TEST_F(WorkerTest, a_batch_is_committed_before_the_interval_when_it_has_many_records) {
  options_.batch_records = 4;
  for (int i = 0; i < 4; ++i) Add(0, Statistics("leaf-1", i));
  ASSERT_TRUE(Step());
  EXPECT_EQ(Calls("commit"), 2);  // a node and an interface record in each message
  EXPECT_EQ(kafka_.committed[0], 4);
}

TEST_F(WorkerTest, a_batch_is_committed_before_the_interval_when_it_has_many_bytes) {
  options_.batch_bytes = 10;
  Add(0, Statistics("leaf-1", 1));
  Add(0, Statistics("leaf-1", 2));
  ASSERT_TRUE(Step());
  EXPECT_EQ(Calls("commit"), 2);
}

TEST_F(WorkerTest, what_people_may_look_at_is_that_of_committed_batches) {
  Add(0, Statistics("leaf-1", 1));
  Add(0, "no JSON");
  kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "the broker was away"});
  StepAndCommit();
  EXPECT_THAT(recent_.dead_letters.List(), IsEmpty());
  EXPECT_EQ(recent_.nodes.Summary(1, clock_.WallTime()).count, 0u);
  StepAndCommit(2);
  ASSERT_THAT(recent_.dead_letters.List(), SizeIs(1));
  EXPECT_EQ(recent_.dead_letters.List()[0].kind, RejectKind::kInvalidJson);
  EXPECT_EQ(recent_.dead_letters.List()[0].sample, "no JSON");
  EXPECT_EQ(recent_.dead_letters.List()[0].where, std::string(FakeKafka::kTopic) + "/0@1");
  const NodesSummary nodes = recent_.nodes.Summary(1, clock_.WallTime());
  ASSERT_EQ(nodes.count, 1u);
  EXPECT_EQ(nodes.nodes[0].name, "leaf-1");
}

TEST_F(WorkerTest, only_the_last_dead_letters_of_a_storm_are_remembered) {
  for (int i = 0; i < 100; ++i) Add(0, "no JSON " + std::to_string(i) + std::string(5000, 'x'));
  StepAndCommit();
  const auto seen = recent_.dead_letters.List();
  ASSERT_THAT(seen, SizeIs(Recent::kDeadLetters));
  EXPECT_THAT(seen[0].sample, testing::StartsWith("no JSON 99x"));
  EXPECT_EQ(seen[0].sample.size(), Recent::kSampleBytes);
}

TEST_F(WorkerTest, an_abort_rewinds_every_partition_to_the_batchs_start) {
  Add(0, Statistics("leaf-1", 1));
  StepAndCommit();
  Add(0, Statistics("leaf-1", 2));
  Add(1, Statistics("leaf-2", 1));
  kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "the broker was away"});
  StepAndCommit();
  EXPECT_THAT(kafka_.calls, Contains("seek 0@1"));
  EXPECT_THAT(kafka_.calls, Contains("seek 1@0"));
  StepAndCommit();
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(3));
  EXPECT_EQ(kafka_.committed[0], 2);
  EXPECT_EQ(kafka_.committed[1], 1);
}

TEST_F(WorkerTest, an_abort_in_the_middle_of_a_poll_loses_nothing_of_the_rest) {
  options_.batch_records = 2;  // each message is a batch
  for (int p = 0; p < 3; ++p) Add(p, Statistics("leaf-" + std::to_string(p), 1));
  kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "the broker was away"});
  ASSERT_TRUE(Step());
  EXPECT_THAT(kafka_.visible, IsEmpty());
  ASSERT_TRUE(Step());
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(3));
}

TEST_F(WorkerTest, nothing_is_processed_until_a_failed_rewind_succeeds) {
  Add(0, Statistics("leaf-1", 1));
  kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "the broker was away"});
  kafka_.seek_answers.push_back(Retry("not now"));
  kafka_.seek_answers.push_back(Retry("not now"));
  StepAndCommit();
  Add(0, Statistics("leaf-1", 2));
  StepAndCommit(3);
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(2));
  EXPECT_EQ(kafka_.committed[0], 2);
}

TEST_F(WorkerTest,
       a_poison_message_ends_in_the_dead_letter_topic_after_three_aborts_and_its_neighbours_are_published) {
  for (int i = 0; i < 5; ++i) Add(0, Statistics("leaf-" + std::to_string(i), i));
  Add(1, Statistics("leaf-9", 9));
  kafka_.refuses = [](const Produced& p) { return p.topic == "interfaces" && p.key == "leaf-2"; };
  StepAndCommit(3);
  EXPECT_THAT(kafka_.visible, IsEmpty());
  StepAndCommit(10);
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(5));
  ASSERT_THAT(kafka_.In("dead"), SizeIs(1));
  EXPECT_EQ(kafka_.In("dead")[0].value, Statistics("leaf-2", 2));
  EXPECT_EQ(kafka_.In("dead")[0].headers.at("ntsp.error.kind"), "broker-rejected");
  EXPECT_THAT(kafka_.In("dead")[0].headers.at("ntsp.error.message"),
              HasSubstr("the broker refused a message"));
  EXPECT_EQ(kafka_.committed[0], 5);
  EXPECT_EQ(kafka_.committed[1], 1);
}

TEST_F(WorkerTest, after_the_poison_messages_batches_are_whole_again) {
  Add(0, Statistics("bad", 1));
  kafka_.refuses = [](const Produced& p) { return p.topic == "interfaces" && p.key == "bad"; };
  StepAndCommit(8);
  ASSERT_EQ(kafka_.committed[0], 1);
  kafka_.calls.clear();
  for (int i = 0; i < 5; ++i) Add(0, Statistics("good", i));
  StepAndCommit();
  EXPECT_EQ(Calls("commit"), 1);
}

TEST_F(WorkerTest, outages_never_make_a_dead_letter) {
  Add(0, Statistics("leaf-1", 1));
  for (int i = 0; i < 10; ++i) {
    kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "not authorised for the topic"});
  }
  StepAndCommit(11);
  EXPECT_THAT(kafka_.In("dead"), IsEmpty());
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(1));
}

TEST_F(WorkerTest, an_alert_tells_when_nothing_can_be_published) {
  Add(0, Statistics("leaf-1", 1));
  const kafka::CommitReport away{kafka::CommitResult::kAborted, false, "not authorised for the topic"};
  kafka_.commit_answers = {away, away};
  StepAndCommit(2);
  EXPECT_THAT(alerts_.alerts, IsEmpty());
  kafka_.commit_answers = {away};
  StepAndCommit();
  ASSERT_THAT(alerts_.alerts, SizeIs(1));
  EXPECT_EQ(alerts_.alerts[0].kind, "publish-failing");
  EXPECT_THAT(alerts_.alerts[0].summary, HasSubstr("not authorised for the topic"));
}

TEST_F(WorkerTest, revoke_commits_the_open_batch) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  Rebalance({0}, /*lost=*/false);
  ASSERT_TRUE(Step());
  EXPECT_EQ(kafka_.committed[0], 1);
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(1));
  EXPECT_EQ(Calls("abort"), 0);
}

TEST_F(WorkerTest, lost_partitions_abort) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  Rebalance({0}, /*lost=*/true);
  ASSERT_TRUE(Step());
  EXPECT_THAT(kafka_.visible, IsEmpty());
  EXPECT_THAT(kafka_.calls, ElementsAre("begin", "abort"));  // and no seek: they are somebody else's
  EXPECT_THAT(alerts_.alerts, IsEmpty());
}

TEST_F(WorkerTest, a_failed_commit_in_a_partial_revoke_rewinds_the_partitions_that_are_kept) {
  Add(0, Statistics("leaf-1", 1));
  Add(1, Statistics("leaf-2", 1));
  ASSERT_TRUE(Step());
  kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "generation is over"});
  Rebalance({0}, /*lost=*/false);
  Add(1, Statistics("leaf-2", 2));
  ASSERT_TRUE(Step());
  EXPECT_THAT(kafka_.calls, Contains("seek 1@0"));
  EXPECT_THAT(kafka_.calls, Not(Contains("seek 0@0")));
  kafka_.raw.erase(0);
  StepAndCommit();
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(2));
}

TEST_F(WorkerTest, a_stop_commits_and_leaves_the_group) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  ASSERT_TRUE(Stopped());
  EXPECT_THAT(kafka_.calls, ElementsAre("begin", "commit", "close"));
  EXPECT_EQ(kafka_.committed[0], 1);
}

TEST_F(WorkerTest, a_batch_whose_commit_nobody_knows_is_done_again_if_the_broker_does_not_have_it) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  kafka_.commit_answers.push_back({kafka::CommitResult::kUnknown, false, "no answer"});
  StepAndCommit();
  EXPECT_THAT(kafka_.calls, ElementsAre("begin", "commit", "begin", "abort", "seek 0@0"));
  StepAndCommit();
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(1));
}

TEST_F(WorkerTest, a_batch_whose_commit_nobody_knows_is_not_done_again_if_the_broker_has_it) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  kafka_.committed[0] = 1;
  kafka_.commit_answers.push_back({kafka::CommitResult::kUnknown, false, "no answer"});
  StepAndCommit();
  EXPECT_THAT(kafka_.calls, ElementsAre("begin", "commit", "begin", "abort", "seek 0@1"));
  Add(0, Statistics("leaf-1", 2));
  StepAndCommit();
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(1));
}

TEST_F(WorkerTest, partitions_that_are_lost_before_the_end_of_a_commit_is_known_are_left_to_their_new_owner) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  kafka_.commit_answers.push_back({kafka::CommitResult::kUnknown, false, "no answer"});
  Rebalance({0}, /*lost=*/false);
  ASSERT_TRUE(Step());
  EXPECT_THAT(kafka_.calls, ElementsAre("begin", "commit"));
}

TEST_F(WorkerTest, a_fenced_worker_ends_and_names_the_setting) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  kafka_.commit_answers.push_back({kafka::CommitResult::kFenced, false, "fenced"});
  clock_.Advance(options_.commit_interval);
  const Result<void> ended = Step();
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().kind, ErrorKind::kStop);
  EXPECT_THAT(ended.error().message, HasSubstr("ntsp-telemetry-processor-box-1-0"));
  EXPECT_THAT(ended.error().message, HasSubstr("INSTANCE_ID"));
}

TEST_F(WorkerTest, a_broken_producer_met_in_a_rebalance_ends_the_worker) {
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  kafka_.commit_answers.push_back({kafka::CommitResult::kFatal, false, "broken"});
  Rebalance({0}, /*lost=*/false);
  const Result<void> ended = Step();
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().kind, ErrorKind::kStop);
}

TEST_F(WorkerTest, a_refusal_that_comes_to_light_in_an_abort_counts_as_one) {
  options_.tries_before_isolation = 1;
  Add(0, Statistics("leaf-1", 1));
  ASSERT_TRUE(Step());
  kafka_.abort_answers.push_back({kafka::CommitResult::kAborted, true, "too large"});
  kafka_.rebalances.push_back([](kafka::RebalanceListener& listener) {
    listener.OnRevoked({{FakeKafka::kTopic, {7}}}, /*lost=*/true);
  });
  ASSERT_TRUE(Step());
  Add(0, Statistics("leaf-1", 2));
  kafka_.calls.clear();
  ASSERT_TRUE(Step());
  EXPECT_EQ(Calls("commit"), 1);  // one by one up to the old end, then a batch again
}

TEST_F(WorkerTest, trouble_with_reading_is_waited_for_and_makes_it_unreachable) {
  Add(0, Statistics("leaf-1", 1));
  StepAndCommit();
  kafka_.rebalances.push_back([](kafka::RebalanceListener& listener) { listener.OnAssigned({}); });
  ASSERT_TRUE(Step());
  EXPECT_TRUE(status_.joined);
  EXPECT_TRUE(status_.reachable);
  kafka_.poll_errors.push_back({ErrorKind::kRetry, "all brokers are down"});
  ASSERT_TRUE(Step());
  EXPECT_FALSE(status_.reachable);
  Add(0, Statistics("leaf-1", 2));
  StepAndCommit();
  EXPECT_TRUE(status_.reachable);
  EXPECT_EQ(kafka_.committed[0], 2);
}

TEST_F(WorkerTest, a_reader_that_may_not_read_ends) {
  kafka_.poll_errors.push_back({ErrorKind::kStop, "not authorised"});
  worker();
  EXPECT_FALSE(Step());
}

}  // namespace
}  // namespace ntsp::publish
