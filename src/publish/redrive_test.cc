#include "publish/redrive.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "kafka/log_reader_fake.h"

namespace ntsp::publish {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Keeps what was committed; commits of positions are seen by the next reader.
class FakeTransfer : public kafka::Transfer {
 public:
  struct Sent {
    std::string topic, key, value;
    std::map<std::string, std::string> headers;
    bool has_key = false;
  };
  explicit FakeTransfer(kafka::FakeLogReader& log) : log_(log) {}

  Result<void> Begin() override {
    EXPECT_FALSE(open_);
    open_ = true;
    return {};
  }
  Result<void> Produce(const kafka::OutgoingMessage& message) override {
    EXPECT_TRUE(open_);
    Sent& sent = pending_.emplace_back();
    sent.topic = message.topic, sent.key = message.key, sent.value = message.value;
    sent.has_key = message.has_key;
    for (const auto& [name, value] : message.headers) sent.headers.emplace(name, value);
    return {};
  }
  kafka::CommitReport Commit(const std::vector<kafka::Position>& next) override {
    EXPECT_TRUE(open_);
    open_ = false;
    ++commits;
    const auto batch = std::exchange(pending_, {});
    if (commits == fail_at) return {fail_as, false, "as the test says"};
    committed.insert(committed.end(), batch.begin(), batch.end());
    for (const kafka::Position& position : next) log_.committed[position.partition] = position;
    return {};
  }
  kafka::CommitReport Abort() override {
    open_ = false;
    pending_.clear();
    return {kafka::CommitResult::kAborted, false, ""};
  }

  std::vector<Sent> committed;
  int commits = 0, fail_at = 0;
  kafka::CommitResult fail_as = kafka::CommitResult::kAborted;

 private:
  kafka::FakeLogReader& log_;
  bool open_ = false;
  std::vector<Sent> pending_;
};

class RedriveTest : public testing::Test {
 protected:
  const TopicPartition first_{"dlq", {0}}, second_{"dlq", {1}};

  RedriveTest() {
    options_.raw_topic = "raw";
    options_.dead_letter_topic = "dlq";
  }

  void Letter(const TopicPartition& to, const std::string& value, const std::string& kind,
              std::vector<std::pair<std::string, std::string>> more = {}) {
    std::vector<std::pair<std::string, std::string>> headers = {
        {"ntsp.error.kind", kind},          {"ntsp.error.message", "why"}, {"ntsp.source.topic", "raw"},
        {"ntsp.source.partition", "7"},     {"ntsp.source.offset", "70"},  {"ntsp.source.timestamp", "1"},
        {"traceparent", "00-of-the-sender"}};
    headers.insert(headers.end(), more.begin(), more.end());
    log_.Append(to, {{}, Timestamp{second_of_ += 1'000'000}, "key", value, headers}, /*gap=*/1);
  }

  Result<RedriveReport> Run(bool dry = false) {
    return Redrive(options_, {log_, dry ? nullptr : &transfer_, clock_,
                              [this](Duration time) {
                                paused_ += time;
                                clock_.Advance(time);
                              },
                              [this] { return stop_; }})
        .Run(2);
  }

  std::vector<std::string> Values() const {
    std::vector<std::string> values;
    for (const auto& sent : transfer_.committed) values.push_back(sent.value);
    return values;
  }

  kafka::FakeLogReader log_;
  FakeTransfer transfer_{log_};
  FakeClock clock_;
  Redrive::Options options_;
  Duration paused_{};
  bool stop_ = false;
  int64_t second_of_ = 1'700'000'000'000'000;
};

TEST_F(RedriveTest, letters_go_back_as_they_were_and_say_where_they_come_from) {
  Letter(first_, "one", "unknown-path");
  ASSERT_TRUE(Run());
  ASSERT_THAT(transfer_.committed, SizeIs(1));
  const auto& sent = transfer_.committed[0];
  EXPECT_EQ(sent.topic + " " + sent.key + " " + sent.value, "raw key one");
  EXPECT_TRUE(sent.has_key);
  EXPECT_THAT(sent.headers, ElementsAre(testing::Pair("ntsp.redrive.from", "dlq/0/1"),
                                        testing::Pair("ntsp.redrive.origin", "raw/7/70"),
                                        testing::Pair("traceparent", "00-of-the-sender")));
}

TEST_F(RedriveTest, a_second_call_puts_back_only_what_came_since) {
  Letter(first_, "one", "a");
  Letter(second_, "two", "b");
  EXPECT_EQ(Run()->put_back, 2u);
  EXPECT_EQ(Run()->put_back, 0u);
  Letter(first_, "three", "a");
  EXPECT_EQ(Run()->put_back, 1u);
  EXPECT_THAT(Values(), ElementsAre("one", "two", "three"));
}

TEST_F(RedriveTest, kinds_that_were_not_selected_wait_for_a_later_call) {
  for (const char* kind : {"a", "b", "a", "b"}) Letter(first_, kind, kind);
  options_.kinds = {"b"};
  EXPECT_EQ(Run()->put_back, 2u);
  options_.kinds.clear();
  const auto rest = Run();
  EXPECT_EQ(rest->put_back, 2u);
  EXPECT_EQ(rest->kinds.at("b").done, 2u);
  EXPECT_EQ(Run()->put_back, 0u);
  EXPECT_THAT(Values(), ElementsAre("b", "b", "a", "a"));
}

TEST_F(RedriveTest, times_select_and_the_rest_waits) {
  for (const char* value : {"1", "2", "3", "4"}) Letter(first_, value, "a");
  options_.since = Timestamp{1'700'000'002'000'000};
  options_.until = Timestamp{1'700'000'004'000'000};
  ASSERT_TRUE(Run());
  EXPECT_THAT(Values(), ElementsAre("2", "3"));
  options_.since.reset();
  options_.until.reset();
  ASSERT_TRUE(Run());
  EXPECT_THAT(Values(), ElementsAre("2", "3", "1", "4"));
}

TEST_F(RedriveTest, one_letter_can_be_named) {
  Letter(first_, "one", "a");
  Letter(second_, "two", "a");
  Letter(second_, "three", "a");
  options_.partition = Partition{1};
  options_.offset = Offset{3};
  ASSERT_TRUE(Run());
  EXPECT_THAT(Values(), ElementsAre("three"));
  options_.partition = Partition{2};
  EXPECT_THAT(Run().error().message, HasSubstr("--partition 2: dlq has partitions 0 to 1"));
}

TEST_F(RedriveTest, from_the_start_everything_goes_back_again) {
  Letter(first_, "one", "a");
  ASSERT_TRUE(Run());
  options_.from_start = true;
  EXPECT_EQ(Run()->put_back, 1u);
  options_.from_start = false;
  EXPECT_EQ(Run()->put_back, 0u);
}

TEST_F(RedriveTest, a_cut_letter_is_refused_once_with_the_place_of_the_whole) {
  Letter(first_, "hal", "a", {{"ntsp.truncated", "5000000"}});
  Letter(first_, "whole", "a");
  const auto report = Run();
  EXPECT_EQ(report->refused, 1u);
  EXPECT_THAT(report->refusals, ElementsAre(HasSubstr("5000000 bytes); the whole is at raw/7/70")));
  EXPECT_THAT(Values(), ElementsAre("whole"));
  EXPECT_EQ(Run()->refused, 0u);
}

TEST_F(RedriveTest, what_is_no_dead_letter_of_ours_is_refused) {
  log_.Append(first_, {{}, {}, {}, "stray", {}});
  EXPECT_EQ(Run()->refused, 1u);
  EXPECT_THAT(transfer_.committed, IsEmpty());
}

TEST_F(RedriveTest, a_dry_run_counts_and_shows_and_does_nothing) {
  for (int i = 0; i < 5; ++i) Letter(first_, "value", "a");
  const auto report = Run(/*dry=*/true);
  EXPECT_EQ(report->kinds.at("a").put_back, 5u);
  EXPECT_THAT(report->kinds.at("a").examples, SizeIs(3));
  EXPECT_THAT(report->kinds.at("a").examples[0], HasSubstr("dlq/0/1"));
  EXPECT_EQ(transfer_.commits, 0);
  EXPECT_THAT(log_.committed, IsEmpty());
}

TEST_F(RedriveTest, a_batch_that_fails_is_put_back_by_the_next_call_once) {
  for (int i = 0; i < 5; ++i) Letter(first_, std::to_string(i), "a");
  options_.batch_messages = 2;
  transfer_.fail_at = 2;
  const auto failed = Run();
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message, HasSubstr("Call it again"));
  ASSERT_TRUE(Run());
  EXPECT_THAT(Values(), ElementsAre("0", "1", "2", "3", "4"));
}

TEST_F(RedriveTest, a_second_redrive_ends_the_first_with_a_word) {
  Letter(first_, "one", "a");
  transfer_.fail_at = 1;
  transfer_.fail_as = kafka::CommitResult::kFenced;
  const auto failed = Run();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::kStop);
  EXPECT_THAT(failed.error().message, HasSubstr("Another redrive"));
}

TEST_F(RedriveTest, the_rate_is_kept_and_no_transaction_is_open_meanwhile) {
  for (int i = 0; i < 5; ++i) Letter(first_, "value", "a");
  options_.rate = 2;
  ASSERT_TRUE(Run());
  EXPECT_EQ(paused_, std::chrono::seconds(2));
  EXPECT_EQ(transfer_.commits, 5);
}

TEST_F(RedriveTest, interrupted_it_keeps_what_is_done_and_goes_on_later) {
  for (int i = 0; i < 4; ++i) Letter(first_, std::to_string(i), "a");
  options_.rate = 1;
  Redrive stopped(options_, {log_, &transfer_, clock_,
                             [this](Duration time) {
                               clock_.Advance(time);
                               stop_ = true;
                             },
                             [this] { return stop_; }});
  const auto report = stopped.Run(2);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->interrupted);
  stop_ = false;
  ASSERT_TRUE(Run());
  EXPECT_THAT(Values(), ElementsAre("0", "1", "2", "3"));
}

TEST_F(RedriveTest, a_position_of_an_earlier_topic_of_the_name_is_no_position) {
  log_.committed[first_] = {first_, Offset{1000}, "ntsp-redrive1;a=1000-2000"};
  Letter(first_, "one", "a");
  EXPECT_EQ(Run()->put_back, 1u);
}

}  // namespace
}  // namespace ntsp::publish
