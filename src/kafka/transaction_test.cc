// What only a real broker can show: the mock cluster has neither transactions nor fencing. Skipped unless
// NTSP_TEST_BROKERS names one ("127.0.0.1:9092") that may be filled with topics.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <random>
#include <thread>

#include "kafka/admin.h"
#include "kafka/consumer.h"
#include "kafka/listener_fake.h"
#include "kafka/producer.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr milliseconds kTimeout{10'000};

bool AlwaysWait() {
  return true;
}

class Transaction : public testing::Test {
 protected:
  void SetUp() override {
    const char* const brokers = std::getenv("NTSP_TEST_BROKERS");
    if (brokers == nullptr) GTEST_SKIP() << "NTSP_TEST_BROKERS is not set";
    config_.bootstrap_servers = brokers;
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    unique_ = test.substr(0, 60) + "-" + std::to_string(::getpid());
    in_ = unique_ + "-in";
    out_ = unique_ + "-out";
    auto admin = Admin::Open(config_);
    ASSERT_TRUE(admin);
    const auto created =
        (*admin)->Create({{in_, 1, {}}, {out_, 1, {{"max.message.bytes", "2000"}}}}, kTimeout);
    ASSERT_TRUE(created) << created.error().message;
  }

  std::unique_ptr<Producer> MakeProducer(const std::string& id = "") {
    ProducerOptions options;
    options.transactional_id = id.empty() ? unique_ : id;
    auto producer = OpenTransactionalProducer(config_, options, AlwaysWait);
    EXPECT_TRUE(producer) << producer.error().message;
    return producer ? std::move(*producer) : nullptr;
  }

  std::unique_ptr<Consumer> MakeConsumer(const std::string& topic, RecordingListener& listener,
                                         bool cooperative = false) {
    Consumer::Options options;
    options.group = unique_ + "-" + topic;
    options.cooperative = cooperative;
    options.session_timeout = milliseconds(6'000);
    auto consumer = Consumer::Open(config_, options);
    EXPECT_TRUE(consumer) << consumer.error().message;
    EXPECT_TRUE((*consumer)->Subscribe({topic}, listener));
    EXPECT_TRUE(PollUntil(**consumer, [&] { return !listener.owned.empty(); }));
    return std::move(*consumer);
  }

  OutgoingMessage Out(std::string_view value) const { return {out_, "key", value, {}, true}; }

  // Everything a read_committed reader sees before `last`, which is committed now.
  std::vector<std::string> Visible(Producer& producer, Consumer& input, const std::string& last) {
    EXPECT_TRUE(producer.Begin());
    EXPECT_TRUE(producer.Produce(Out(last)));
    const CommitReport report = producer.Commit(input, {});
    EXPECT_EQ(report.result, CommitResult::kDone) << report.reason;
    RecordingListener listener;
    const auto reader = MakeConsumer(out_, listener);
    std::vector<std::string> values;
    EXPECT_TRUE(PollUntil(
        *reader, [&] { return !values.empty() && values.back() == last; },
        [&](const Batch& batch) {
          for (const Message& message : batch.messages()) values.emplace_back(*message.value);
        }));
    if (!values.empty()) values.pop_back();
    return values;
  }

  std::vector<std::pair<TopicPartition, Offset>> Next(int64_t offset) const {
    return {{{in_, Partition{0}}, Offset{offset}}};
  }

  std::optional<Offset> CommittedOffset(Consumer& consumer) const {
    const auto committed = consumer.Committed({{in_, Partition{0}}}, kTimeout);
    EXPECT_TRUE(committed);
    return committed ? committed->front().offset : std::nullopt;
  }

  ClientConfig config_;
  std::string unique_, in_, out_;
  RecordingListener listener_;
};

TEST_F(Transaction, a_commit_shows_the_messages_and_moves_the_group) {
  const auto consumer = MakeConsumer(in_, listener_);
  const auto producer = MakeProducer();
  ASSERT_TRUE(producer->Begin());
  ASSERT_TRUE(producer->Produce(Out("a")));
  const CommitReport report = producer->Commit(*consumer, Next(7));
  EXPECT_EQ(report.result, CommitResult::kDone) << report.reason;
  EXPECT_EQ(CommittedOffset(*consumer), Offset{7});
  EXPECT_THAT(Visible(*producer, *consumer, "end"), ElementsAre("a"));
}

TEST_F(Transaction, an_abort_hides_the_messages_and_leaves_the_group_where_it_was) {
  const auto consumer = MakeConsumer(in_, listener_);
  const auto producer = MakeProducer();
  ASSERT_TRUE(producer->Begin());
  ASSERT_TRUE(producer->Produce(Out("a")));
  EXPECT_EQ(producer->Abort().result, CommitResult::kAborted);
  EXPECT_EQ(CommittedOffset(*consumer), std::nullopt);
  EXPECT_THAT(Visible(*producer, *consumer, "end"), IsEmpty());
}

TEST_F(Transaction, a_second_producer_with_the_same_id_fences_the_first) {
  const auto consumer = MakeConsumer(in_, listener_);
  const auto first = MakeProducer();
  ASSERT_TRUE(first->Begin());
  ASSERT_TRUE(first->Produce(Out("first")));
  const auto second = MakeProducer();
  const CommitReport report = first->Commit(*consumer, Next(1));
  EXPECT_EQ(report.result, CommitResult::kFenced);
  EXPECT_THAT(report.reason, HasSubstr(unique_));
  EXPECT_THAT(report.reason, HasSubstr("INSTANCE_ID"));
  EXPECT_EQ(CommittedOffset(*consumer), std::nullopt);
  EXPECT_THAT(Visible(*second, *consumer, "end"), IsEmpty());
}

TEST_F(Transaction, a_member_that_left_cannot_commit) {
  const auto producer = MakeProducer();
  const auto consumer = MakeConsumer(in_, listener_);
  ASSERT_TRUE(producer->Begin());
  ASSERT_TRUE(producer->Produce(Out("stale")));
  consumer->Close();
  const CommitReport report = producer->Commit(*consumer, Next(1));
  EXPECT_EQ(report.result, CommitResult::kAborted) << report.reason;
  RecordingListener other;
  const auto successor = MakeConsumer(in_, other);
  EXPECT_EQ(CommittedOffset(*successor), std::nullopt);
  EXPECT_THAT(Visible(*producer, *successor, "end"), IsEmpty());
}

TEST_F(Transaction, the_open_batch_can_be_committed_while_the_partitions_are_revoked) {
  const auto producer = MakeProducer();
  const auto consumer = MakeConsumer(in_, listener_);
  ASSERT_TRUE(producer->Begin());
  ASSERT_TRUE(producer->Produce(Out("last")));
  CommitReport report{CommitResult::kFatal, false, "not called"};
  listener_.last_act = [&] { report = producer->Commit(*consumer, Next(5)); };
  consumer->Close();
  EXPECT_EQ(report.result, CommitResult::kDone) << report.reason;
  RecordingListener other;
  EXPECT_EQ(CommittedOffset(*MakeConsumer(in_, other)), Offset{5});
}

TEST_F(Transaction, a_member_that_did_not_poll_in_time_cannot_commit) {
  config_.properties["max.poll.interval.ms"] = "6000";
  const auto producer = MakeProducer();
  const auto consumer = MakeConsumer(in_, listener_);
  std::this_thread::sleep_for(milliseconds(8'000));
  ASSERT_TRUE(producer->Begin());
  ASSERT_TRUE(producer->Produce(Out("stale")));
  EXPECT_EQ(producer->Commit(*consumer, Next(1)).result, CommitResult::kAborted);
  EXPECT_EQ(consumer->Commit({{{in_, Partition{0}}, Offset{1}, ""}}), CommitOutcome::kRefused);
  EXPECT_EQ(CommittedOffset(*consumer), std::nullopt);
}

TEST_F(Transaction, a_message_that_the_broker_refuses_aborts_the_batch_and_is_said_to_be_the_cause) {
  const auto consumer = MakeConsumer(in_, listener_);
  const auto producer = MakeProducer();
  ASSERT_TRUE(producer->Begin());
  std::mt19937 random(1);
  std::string noise(4'000, ' ');  // so that compression does not make it fit
  for (char& c : noise) c = static_cast<char>(random() & 0xff);
  ASSERT_TRUE(producer->Produce(Out(noise)));
  const CommitReport report = producer->Commit(*consumer, Next(1));
  EXPECT_EQ(report.result, CommitResult::kAborted);
  EXPECT_TRUE(report.message_rejected) << report.reason;
  EXPECT_THAT(report.reason, HasSubstr("max.message.bytes"));
  EXPECT_THAT(Visible(*producer, *consumer, "end"), IsEmpty());
}

TEST_F(Transaction, an_unknown_topic_aborts_the_batch_and_is_named) {
  const auto consumer = MakeConsumer(in_, listener_);
  const auto producer = MakeProducer();
  ASSERT_TRUE(producer->Begin());
  OutgoingMessage message = Out("x");
  const std::string missing = unique_ + "-missing";
  message.topic = missing;
  const Result<void> produced = producer->Produce(message);
  const CommitReport report = producer->Commit(*consumer, Next(1));
  EXPECT_EQ(report.result, CommitResult::kAborted);
  EXPECT_FALSE(report.message_rejected);
  EXPECT_THAT(report.reason, HasSubstr(missing));
}

TEST_F(Transaction, metadata_beyond_the_brokers_limit_is_a_definite_refusal) {
  const auto consumer = MakeConsumer(in_, listener_);
  std::string error;
  const std::string metadata(5'000, 'm');
  EXPECT_EQ(consumer->Commit({{{in_, Partition{0}}, Offset{0}, metadata}}, &error), CommitOutcome::kRefused);
  EXPECT_THAT(error, HasSubstr("OFFSET_METADATA_TOO_LARGE"));
}

TEST_F(Transaction, a_commit_after_leaving_is_a_definite_refusal) {
  const auto consumer = MakeConsumer(in_, listener_);
  consumer->Close();
  std::string error;
  EXPECT_EQ(consumer->Commit({{{in_, Partition{0}}, Offset{0}, ""}}, &error), CommitOutcome::kRefused);
  EXPECT_THAT(error, HasSubstr("not a member"));
}

TEST_F(Transaction, partitions_move_to_a_new_member_of_a_cooperative_group) {
  auto admin = Admin::Open(config_);
  ASSERT_TRUE(admin);
  const std::string topic = unique_ + "-wide";
  ASSERT_TRUE((*admin)->Create({{topic, 4, {}}}, kTimeout));
  const auto first = MakeConsumer(topic, listener_, /*cooperative=*/true);
  ASSERT_TRUE(PollUntil(*first, [&] { return listener_.owned.size() == 4; }));
  RecordingListener second_listener;
  Consumer::Options options;
  options.group = unique_ + "-" + topic;
  options.cooperative = true;
  auto second = Consumer::Open(config_, options);
  ASSERT_TRUE(second && (*second)->Subscribe({topic}, second_listener));
  EXPECT_TRUE(PollUntil(*first, [&] {
    Batch batch;
    (void)(*second)->Poll(milliseconds(20), 10, batch);
    return listener_.owned.size() == 2 && second_listener.owned.size() == 2;
  }));
  EXPECT_EQ(listener_.revoked.size(), 2u);
  EXPECT_FALSE(listener_.any_lost);
  (*second)->Close();
  EXPECT_THAT(second_listener.owned, IsEmpty());
  EXPECT_TRUE(PollUntil(*first, [&] { return listener_.owned.size() == 4; }));
}

TEST_F(Transaction, at_least_once_publishes_and_moves_the_group) {
  const auto consumer = MakeConsumer(in_, listener_);
  auto producer = OpenIdempotentProducer(config_, {});
  ASSERT_TRUE(producer);
  ASSERT_TRUE((*producer)->Begin());
  ASSERT_TRUE((*producer)->Produce(Out("a")));
  const CommitReport report = (*producer)->Commit(*consumer, Next(3));
  EXPECT_EQ(report.result, CommitResult::kDone) << report.reason;
  EXPECT_EQ(CommittedOffset(*consumer), Offset{3});
}

TEST_F(Transaction, topic_settings_are_applied_and_read_back) {
  auto admin = Admin::Open(config_);
  ASSERT_TRUE(admin);
  const auto config = (*admin)->TopicConfig(out_, kTimeout);
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->at("max.message.bytes"), "2000");
  const auto infos = (*admin)->Describe({out_, unique_ + "-none"}, kTimeout);
  ASSERT_TRUE(infos) << infos.error().message;
  EXPECT_TRUE(infos->at(out_).exists);
  EXPECT_EQ(infos->at(out_).partitions, 1);
  EXPECT_FALSE(infos->at(unique_ + "-none").exists);
  EXPECT_EQ(infos->at(unique_ + "-none").error, "");
  EXPECT_TRUE((*admin)->Create({{out_, 1, {}}}, kTimeout));
  EXPECT_EQ((*admin)->BrokerCount(kTimeout).value_or(0), 1);
}

}  // namespace
}  // namespace ntsp::kafka
