#include "kafka/producer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kafka/cluster_fake.h"
#include "kafka/listener_fake.h"

namespace ntsp::kafka {
namespace {

using testing::HasSubstr;

const std::vector<std::pair<TopicPartition, Offset>> kNext = {{{"raw", Partition{0}}, Offset{1}}};

// The errors of brokers as the mock cluster plays them. What transactions promise is in transaction_test.cc.
class ProducerTest : public testing::Test {
 protected:
  // Everything is on broker 1 but the group's coordinator, so that it can go away alone.
  ProducerTest() {
    for (const char* topic : {"raw", "out"}) {
      cluster_.CreateTopic(topic, 1);
      cluster_.PlaceLeader(topic, 1);
    }
    cluster_.PlaceCoordinator("transaction", "worker-0", 1);
    cluster_.PlaceCoordinator("group", "group", 2);
    Consumer::Options options;
    options.group = "group";
    consumer_ = std::move(*Consumer::Open(cluster_.config(), options));
    EXPECT_TRUE(consumer_->Subscribe({"raw"}, listener_));
    EXPECT_TRUE(PollUntil(*consumer_, [&] { return !listener_.owned.empty(); }));
  }

  Result<std::unique_ptr<Producer>> Open(bool keep_waiting = true) {
    ProducerOptions options;
    options.transactional_id = "worker-0";
    options.message_max_bytes = 10'000;
    options.call_timeout = std::chrono::seconds(1);
    return OpenTransactionalProducer(cluster_.config(), options, [=] { return keep_waiting; });
  }

  void Make() {
    auto opened = Open();
    ASSERT_TRUE(opened) << opened.error().message;
    producer_ = std::move(*opened);
    ASSERT_TRUE(producer_->Begin());
    ASSERT_TRUE(producer_->Produce(Out("a")));
  }

  static OutgoingMessage Out(std::string_view value) { return {"out", "key", value, {}, true}; }

  FaultyCluster cluster_{2};
  RecordingListener listener_;
  std::unique_ptr<Consumer> consumer_;
  std::unique_ptr<Producer> producer_;
};

TEST_F(ProducerTest, a_message_that_is_too_large_for_the_client_is_rejected_and_the_batch_goes_on) {
  Make();
  const auto produced = producer_->Produce(Out(std::string(20'000, 'x')));
  ASSERT_FALSE(produced);
  EXPECT_EQ(produced.error().kind, ErrorKind::kReject);
  EXPECT_EQ(producer_->Commit(*consumer_, kNext).result, CommitResult::kDone);
}

TEST_F(ProducerTest, a_message_that_the_broker_refuses_is_told_from_an_outage) {
  Make();
  cluster_.Answer(FaultyCluster::kProduce, RD_KAFKA_RESP_ERR_INVALID_RECORD);
  const CommitReport report = producer_->Commit(*consumer_, kNext);
  EXPECT_EQ(report.result, CommitResult::kAborted);
  EXPECT_TRUE(report.message_rejected);
  EXPECT_THAT(report.reason, HasSubstr("out"));
}

TEST_F(ProducerTest, a_topic_that_may_not_be_written_is_no_fault_of_the_message) {
  Make();
  cluster_.Answer(FaultyCluster::kProduce, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  const CommitReport report = producer_->Commit(*consumer_, kNext);
  EXPECT_EQ(report.result, CommitResult::kAborted);
  EXPECT_FALSE(report.message_rejected);
  EXPECT_THAT(report.reason, HasSubstr("on topic out"));
}

TEST_F(ProducerTest, offsets_of_an_older_generation_abort_the_batch) {
  Make();
  cluster_.Answer(FaultyCluster::kTxnOffsetCommit, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION);
  const CommitReport report = producer_->Commit(*consumer_, kNext);
  EXPECT_EQ(report.result, CommitResult::kAborted);
  EXPECT_THAT(report.reason, HasSubstr("ILLEGAL_GENERATION"));
  ASSERT_TRUE(producer_->Begin());
  EXPECT_EQ(producer_->Commit(*consumer_, kNext).result, CommitResult::kDone);
}

TEST_F(ProducerTest, a_fenced_producer_says_which_id_is_used_twice) {
  Make();
  cluster_.Answer(FaultyCluster::kEndTxn, RD_KAFKA_RESP_ERR_PRODUCER_FENCED);
  const CommitReport report = producer_->Commit(*consumer_, kNext);
  EXPECT_EQ(report.result, CommitResult::kFenced);
  EXPECT_THAT(report.reason, HasSubstr("worker-0"));
}

TEST_F(ProducerTest,
       a_transaction_that_the_coordinator_knows_otherwise_is_unknown_and_followed_by_a_new_client) {
  Make();
  ASSERT_TRUE(producer_->Produce({"out", "key", "value", {}, true}));
  cluster_.Answer(FaultyCluster::kEndTxn, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE);
  EXPECT_EQ(producer_->Commit(*consumer_, kNext).result, CommitResult::kUnknown);
  ASSERT_TRUE(producer_->Begin());
  cluster_.Answer(FaultyCluster::kTxnOffsetCommit, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION);
  cluster_.Answer(FaultyCluster::kEndTxn, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE);  // to the abort
  EXPECT_EQ(producer_->Commit(*consumer_, kNext).result, CommitResult::kUnknown);
  ASSERT_TRUE(producer_->Begin());
  EXPECT_EQ(producer_->Commit(*consumer_, kNext).result, CommitResult::kDone);
}

TEST_F(ProducerTest, a_commit_whose_connection_broke_is_followed_by_a_new_client) {
  Make();
  cluster_.Answer(FaultyCluster::kEndTxn, RD_KAFKA_RESP_ERR__TRANSPORT);
  EXPECT_EQ(producer_->Commit(*consumer_, kNext).result, CommitResult::kDone);
  // Only a new client asks for a producer id again.
  cluster_.Answer(FaultyCluster::kInitProducerId, RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  const auto begun = producer_->Begin();
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().kind, ErrorKind::kStop);
}

TEST_F(ProducerTest, a_commit_that_went_well_keeps_its_client) {
  Make();
  EXPECT_EQ(producer_->Commit(*consumer_, kNext).result, CommitResult::kDone);
  cluster_.Answer(FaultyCluster::kInitProducerId, RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  EXPECT_TRUE(producer_->Begin());
}

TEST_F(ProducerTest,
       a_group_coordinator_that_is_away_aborts_the_batch_and_the_next_one_is_committed_when_it_is_back) {
  Make();
  cluster_.TakeBrokerDown(2);
  const CommitReport report = producer_->Commit(*consumer_, kNext);
  EXPECT_EQ(report.result, CommitResult::kAborted);
  EXPECT_THAT(report.reason, HasSubstr("coordinator is away"));
  cluster_.BringBrokerUp(2);
  // The consumer has to find its group again.
  EXPECT_TRUE(PollUntil(*consumer_, [&] {
    return producer_->Begin() && producer_->Produce(Out("a")) &&
           producer_->Commit(*consumer_, kNext).result == CommitResult::kDone;
  }));
}

TEST_F(ProducerTest, an_id_that_may_not_be_used_stops_with_the_acl_that_is_missing) {
  cluster_.Answer(FaultyCluster::kInitProducerId, RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  const auto opened = Open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kStop);
  EXPECT_THAT(opened.error().message, HasSubstr("Write on transactional id worker-0"));
}

TEST_F(ProducerTest, waiting_for_a_broker_ends_when_it_is_told_to) {
  cluster_.TakeBrokerDown(1);
  cluster_.TakeBrokerDown(2);
  const auto opened = Open(/*keep_waiting=*/false);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kStop);
}

TEST_F(ProducerTest, at_least_once_a_refused_message_aborts_before_the_group_moves) {
  auto producer = OpenIdempotentProducer(cluster_.config(), {});
  ASSERT_TRUE(producer);
  ASSERT_TRUE((*producer)->Begin());
  ASSERT_TRUE((*producer)->Produce(Out("a")));
  cluster_.Answer(FaultyCluster::kProduce, RD_KAFKA_RESP_ERR_INVALID_RECORD);
  const CommitReport report = (*producer)->Commit(*consumer_, kNext);
  EXPECT_EQ(report.result, CommitResult::kAborted);
  EXPECT_TRUE(report.message_rejected);
  const auto committed = consumer_->Committed({{"raw", Partition{0}}}, std::chrono::seconds(10));
  ASSERT_TRUE(committed);
  EXPECT_EQ(committed->front().offset, std::nullopt);
}

TEST_F(ProducerTest, at_least_once_a_refused_commit_has_the_batch_done_again) {
  auto producer = OpenIdempotentProducer(cluster_.config(), {});
  ASSERT_TRUE(producer);
  ASSERT_TRUE((*producer)->Begin());
  ASSERT_TRUE((*producer)->Produce(Out("a")));
  cluster_.Answer(FaultyCluster::kOffsetCommit, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION);
  const CommitReport report = (*producer)->Commit(*consumer_, kNext);
  EXPECT_EQ(report.result, CommitResult::kAborted);
  EXPECT_FALSE(report.message_rejected);
}

}  // namespace
}  // namespace ntsp::kafka
