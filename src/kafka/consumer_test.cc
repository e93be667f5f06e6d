#include "kafka/consumer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/socket_options_fake.h"
#include "kafka/cluster_fake.h"
#include "kafka/consumer_impl.h"
#include "kafka/listener_fake.h"
#include "kafka/producer.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr milliseconds kTimeout{10'000};
const TopicPartition kFirst{"raw", Partition{0}};

class ConsumerTest : public testing::Test {
 protected:
  ConsumerTest() {
    cluster_.CreateTopic("raw", 1);
    options_.group = "group";
  }

  void Open() {
    auto consumer = Consumer::Open(cluster_.config(), options_);
    ASSERT_TRUE(consumer) << consumer.error().message;
    consumer_ = std::move(*consumer);
  }

  void Join() {
    Open();
    ASSERT_TRUE(consumer_->Subscribe({"raw"}, listener_));
    ASSERT_TRUE(PollUntil(*consumer_, [&] { return !listener_.owned.empty(); }));
  }

  void Publish(const std::vector<std::string>& values) {
    auto producer = OpenIdempotentProducer(cluster_.config(), {});
    ASSERT_TRUE(producer);
    ASSERT_TRUE((*producer)->Begin());
    for (const std::string& value : values) {
      ASSERT_TRUE((*producer)->Produce({"raw", "key", value, {{"name", "of " + value}}, true}));
    }
    ASSERT_EQ((*producer)->Commit(*consumer_, {}).result, CommitResult::kDone);
  }

  std::vector<std::string> Read(size_t count) {
    std::vector<std::string> values;
    EXPECT_TRUE(PollUntil(
        *consumer_, [&] { return values.size() >= count; },
        [&](const Batch& batch) {
          for (const Message& message : batch.messages()) values.emplace_back(*message.value);
        }));
    return values;
  }

  FaultyCluster cluster_;
  Consumer::Options options_;
  RecordingListener listener_;
  std::unique_ptr<Consumer> consumer_;
};

TEST_F(ConsumerTest, a_message_keeps_all_that_was_sent) {
  Join();
  Publish({"a", "b"});
  Batch batch;
  for (int i = 0; i < 200 && batch.messages().empty(); ++i) {
    ASSERT_TRUE(consumer_->Poll(milliseconds(50), 1, batch));
  }
  ASSERT_EQ(batch.messages().size(), 1u);
  const Message& message = batch.messages().front();
  EXPECT_EQ(message.topic, "raw");
  EXPECT_EQ(message.partition, Partition{0});
  EXPECT_EQ(message.offset, Offset{0});
  EXPECT_GT(message.timestamp.micros, 0);
  EXPECT_EQ(message.key, "key");
  EXPECT_EQ(message.value, "a");
  EXPECT_THAT(Headers(message), ElementsAre(Header("name", "of a")));
}

TEST_F(ConsumerTest, what_was_committed_with_metadata_is_read_back_by_the_next_owner) {
  Join();
  Publish({"a", "b", "c"});
  std::string error;
  EXPECT_EQ(consumer_->Commit({{kFirst, Offset{2}, "plan"}}, &error), CommitOutcome::kCommitted) << error;
  const auto committed = consumer_->Committed({kFirst}, kTimeout);
  ASSERT_TRUE(committed);
  EXPECT_EQ(committed->front().offset, Offset{2});
  EXPECT_EQ(committed->front().metadata, "plan");
  consumer_->Close();
  EXPECT_THAT(listener_.owned, IsEmpty());
  Join();
  EXPECT_THAT(Read(1), ElementsAre("c"));
}

TEST_F(ConsumerTest, nothing_committed_is_an_absent_position) {
  Join();
  const auto committed = consumer_->Committed({kFirst}, kTimeout);
  ASSERT_TRUE(committed);
  EXPECT_EQ(committed->front().offset, std::nullopt);
}

TEST_F(ConsumerTest, the_listener_decides_where_to_start) {
  Open();
  Publish({"a", "b", "c"});
  listener_.start = [](const auto&) { return std::vector<Position>{{kFirst, Offset{1}, ""}}; };
  ASSERT_TRUE(consumer_->Subscribe({"raw"}, listener_));
  EXPECT_THAT(Read(2), ElementsAre("b", "c"));
}

TEST_F(ConsumerTest, a_seek_forgets_what_was_fetched_ahead) {
  Join();
  Publish({"a", "b", "c"});
  EXPECT_THAT(Read(3), ElementsAre("a", "b", "c"));
  ASSERT_TRUE(consumer_->Seek({{kFirst, Offset{1}}}));
  EXPECT_THAT(Read(2), ElementsAre("b", "c"));
}

TEST_F(ConsumerTest, a_paused_partition_gives_nothing_until_it_is_resumed) {
  Join();
  ASSERT_TRUE(consumer_->Pause({kFirst}));
  Publish({"a"});
  Batch batch;
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(consumer_->Poll(milliseconds(50), 10, batch));
    EXPECT_THAT(batch.messages(), IsEmpty());
  }
  ASSERT_TRUE(consumer_->Resume({kFirst}));
  EXPECT_THAT(Read(1), ElementsAre("a"));
}

TEST_F(ConsumerTest, a_lost_position_is_an_event_and_a_seek_goes_on_from_there) {
  options_.cooperative = true;
  options_.fail_when_out_of_range = true;
  Open();
  Publish({"a", "b"});
  listener_.start = [](const auto&) { return std::vector<Position>{{kFirst, Offset{500}, ""}}; };
  ASSERT_TRUE(consumer_->Subscribe({"raw"}, listener_));
  std::vector<TopicPartition> lost;
  ASSERT_TRUE(PollUntil(
      *consumer_, [&] { return !lost.empty(); },
      [&](const Batch& batch) {
        for (const OutOfRange& event : batch.out_of_range()) lost.push_back(event.partition);
      }));
  EXPECT_THAT(lost, ElementsAre(kFirst));
  const auto sought = consumer_->Seek({{kFirst, Offset{1}}});
  ASSERT_TRUE(sought) << sought.error().message;
  EXPECT_THAT(Read(1), ElementsAre("b"));
}

TEST_F(ConsumerTest, a_lost_position_in_an_eager_group_is_told_and_read_on_from_where_the_owner_says) {
  cluster_.CreateTopic("other", 1);
  const TopicPartition other{"other", Partition{0}};
  options_.fail_when_out_of_range = true;
  Open();
  Publish({"a", "b"});
  listener_.start = [&](const auto&) {
    return std::vector<Position>{{kFirst, Offset{500}, ""}, {other, Offset{0}, ""}};
  };
  ASSERT_TRUE(consumer_->Subscribe({"raw", "other"}, listener_));
  std::vector<OutOfRange> lost;
  ASSERT_TRUE(PollUntil(
      *consumer_, [&] { return !lost.empty(); },
      [&](const Batch& batch) {
        lost.insert(lost.end(), batch.out_of_range().begin(), batch.out_of_range().end());
      }));
  EXPECT_EQ(lost.front().partition, kFirst);
  EXPECT_EQ(lost.front().position, Offset{500});
  const auto restarted = consumer_->Restart({{kFirst, Offset{1}}});
  ASSERT_TRUE(restarted) << restarted.error().message;
  EXPECT_THAT(Read(1), ElementsAre("b"));
}

TEST_F(ConsumerTest, the_end_of_a_partition_is_told_when_it_is_reached) {
  Join();
  Publish({"a", "b"});
  std::optional<Offset> end;
  size_t read = 0;
  ASSERT_TRUE(PollUntil(
      *consumer_, [&] { return end == Offset{2}; },
      [&](const Batch& batch) {
        read += batch.messages().size();
        for (const EndReached& reached : batch.ends()) end = reached.end;
      }));
  EXPECT_EQ(read, 2u);
}

TEST_F(ConsumerTest, without_a_position_it_starts_at_the_beginning_also_where_lost_ones_are_events) {
  options_.cooperative = true;
  options_.fail_when_out_of_range = true;
  Join();
  Publish({"a"});
  EXPECT_THAT(Read(1), ElementsAre("a"));
}

TEST_F(ConsumerTest, limits_are_asked_for_and_then_known) {
  Join();
  Publish({"a", "b"});
  const auto limits = consumer_->Limits(kFirst, kTimeout);
  ASSERT_TRUE(limits) << limits.error().message;
  EXPECT_EQ(limits->low, Offset{0});
  EXPECT_EQ(limits->high, Offset{2});
  Read(2);
  const auto cached = consumer_->CachedLimits(kFirst);
  ASSERT_TRUE(cached);
  EXPECT_EQ(cached->high, Offset{2});
}

TEST_F(ConsumerTest, its_connections_notice_a_broker_that_vanishes_without_a_word) {
  Join();
  const std::string broker = cluster_.config().bootstrap_servers;
  ExpectDeadPeersNoticed(std::stoi(broker.substr(broker.rfind(':') + 1)));
}

TEST_F(ConsumerTest, a_refused_commit_is_known_to_be_refused) {
  Join();
  cluster_.Answer(FaultyCluster::kOffsetCommit, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION);
  std::string error;
  EXPECT_EQ(consumer_->Commit({{kFirst, Offset{0}, ""}}, &error), CommitOutcome::kRefused);
  EXPECT_THAT(error, HasSubstr("ILLEGAL_GENERATION"));
}

TEST_F(ConsumerTest, a_commit_during_which_the_connection_broke_is_unknown_though_its_retry_succeeds) {
  Join();
  cluster_.Answer(FaultyCluster::kOffsetCommit, RD_KAFKA_RESP_ERR__TRANSPORT);
  std::string error;
  EXPECT_EQ(consumer_->Commit({{kFirst, Offset{0}, ""}}, &error), CommitOutcome::kUnknown);
  EXPECT_FALSE(error.empty());
}

TEST_F(ConsumerTest, a_commit_before_joining_is_refused) {
  Open();
  EXPECT_EQ(consumer_->Commit({{kFirst, Offset{0}, ""}}), CommitOutcome::kRefused);
}

TEST_F(ConsumerTest, a_group_that_may_not_be_read_stops_with_the_acl_that_is_missing) {
  Open();
  for (int i = 0; i < 5; ++i) {
    cluster_.Answer(FaultyCluster::kJoinGroup, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED);
  }
  ASSERT_TRUE(consumer_->Subscribe({"raw"}, listener_));
  Batch batch;
  std::optional<Error> error;
  for (int i = 0; i < 100 && !error; ++i) {
    if (auto polled = consumer_->Poll(milliseconds(100), 1, batch); !polled) error = polled.error();
  }
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, ErrorKind::kStop);
  EXPECT_THAT(error->message, HasSubstr("Read on group group"));
}

TEST_F(ConsumerTest, a_missing_topic_is_worth_waiting_for) {
  Open();
  ASSERT_TRUE(consumer_->Subscribe({"missing"}, listener_));
  Batch batch;
  std::optional<Error> error;
  for (int i = 0; i < 100 && !error; ++i) {
    if (auto polled = consumer_->Poll(milliseconds(100), 1, batch); !polled) error = polled.error();
  }
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, ErrorKind::kRetry);
  EXPECT_THAT(error->message, HasSubstr("missing"));
}

TEST_F(ConsumerTest, the_owner_can_commit_while_its_partitions_are_revoked_by_closing) {
  Join();
  std::optional<CommitOutcome> outcome;
  listener_.last_act = [&] { outcome = consumer_->Commit({{kFirst, Offset{1}, "last"}}); };
  consumer_->Close();
  EXPECT_EQ(outcome, CommitOutcome::kCommitted);
  EXPECT_FALSE(listener_.any_lost);
}

// librdkafka may end the membership while a rebalance waits to be served.
TEST_F(ConsumerTest, a_rebalance_that_is_served_after_the_membership_has_ended_does_no_harm) {
  Join();
  consumer_->Close();
  EXPECT_FALSE(consumer_->impl().cooperative());
}

TEST_F(ConsumerTest, closing_gives_up_all_partitions_also_without_a_broker) {
  Join();
  cluster_.TakeBrokerDown();
  consumer_->Close();
  EXPECT_THAT(listener_.owned, IsEmpty());
  EXPECT_THAT(listener_.revoked, ElementsAre(kFirst));
  Batch batch;
  EXPECT_EQ(consumer_->Poll(milliseconds(0), 1, batch).error().kind, ErrorKind::kStop);
}

}  // namespace
}  // namespace ntsp::kafka
