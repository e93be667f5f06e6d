// Transfer and LogReader on a real broker: the mock cluster has neither transactions nor their markers.
// Skipped unless NTSP_TEST_BROKERS names one ("127.0.0.1:9092") that may be filled with topics.
#include "kafka/transfer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "kafka/admin.h"
#include "kafka/log_reader.h"

namespace ntsp::kafka {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TransferTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* const brokers = std::getenv("NTSP_TEST_BROKERS");
    if (brokers == nullptr) GTEST_SKIP() << "NTSP_TEST_BROKERS is not set";
    config_.bootstrap_servers = brokers;
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    topic_ = test.substr(0, 60) + "-" + std::to_string(::getpid());
    partition_ = {topic_, {0}};
    auto admin = Admin::Open(config_);
    ASSERT_TRUE(admin);
    ASSERT_TRUE((*admin)->Create({{topic_, 1, {}}}, std::chrono::seconds(10)));
    auto reader = OpenLogReader(config_, {.group = topic_});
    ASSERT_TRUE(reader) << reader.error().message;
    reader_ = std::move(*reader);
  }

  std::unique_ptr<Transfer> Open() {
    ProducerOptions options;
    options.transactional_id = topic_;
    auto transfer = OpenTransfer(config_, options, topic_, [] { return true; });
    EXPECT_TRUE(transfer) << transfer.error().message;
    return std::move(*transfer);
  }

  void Produce(Transfer& transfer, const std::vector<std::string>& values) {
    ASSERT_TRUE(transfer.Begin());
    for (const std::string& value : values) {
      const auto produced =
          transfer.Produce({.topic = topic_, .key = "key", .value = value, .headers = {{"h", value}}});
      ASSERT_TRUE(produced) << produced.error().message;
    }
  }

  CommitReport CommitAt(Transfer& transfer, int64_t offset, const std::string& text) {
    return transfer.Commit({{partition_, Offset{offset}, text}});
  }

  // A commit is answered before its marker is in the log, and what it covers can be read a moment later.
  void AwaitReadable(int64_t end) {
    for (int tries = 0; tries < 1'000; ++tries) {
      const auto limits = reader_->Limits(partition_);
      if (limits && limits->high.value >= end) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    FAIL() << "offset " << end << " does not become readable";
  }

  // "<value>@<offset>" of [from, to); to: the end.
  std::vector<std::string> Read(int64_t from, std::optional<int64_t> to = {}) {
    std::vector<std::string> seen;
    const auto limits = reader_->Limits(partition_);
    EXPECT_TRUE(limits);
    const auto read = reader_->Read(
        partition_, {from}, Offset{to.value_or(limits->high.value)},
        [&](const Message& message) -> Result<void> {
          EXPECT_EQ(reader_->HeadersOf(message).at(0).second, *message.value);
          seen.push_back(std::string(*message.value) + "@" + std::to_string(message.offset.value));
          return {};
        });
    EXPECT_TRUE(read) << read.error().message;
    return seen;
  }

  ClientConfig config_;
  std::string topic_;
  TopicPartition partition_;
  std::unique_ptr<LogReader> reader_;
};

TEST_F(TransferTest, messages_and_position_with_its_text_are_committed_together) {
  const auto transfer = Open();
  EXPECT_FALSE((*reader_->Committed({partition_}))[0].offset);
  Produce(*transfer, {"a", "b"});
  ASSERT_EQ(CommitAt(*transfer, 7, "a text").result, CommitResult::kDone);
  const auto committed = reader_->Committed({partition_});
  ASSERT_TRUE(committed);
  EXPECT_EQ((*committed)[0].offset, Offset{7});
  EXPECT_EQ((*committed)[0].metadata, "a text");
  AwaitReadable(3);
  EXPECT_THAT(Read(0), ElementsAre("a@0", "b@1"));
}

TEST_F(TransferTest, what_was_aborted_is_not_read_and_leaves_the_position) {
  const auto transfer = Open();
  Produce(*transfer, {"a"});
  ASSERT_EQ(CommitAt(*transfer, 1, "").result, CommitResult::kDone);
  Produce(*transfer, {"never"});
  EXPECT_EQ(transfer->Abort().result, CommitResult::kAborted);
  AwaitReadable(2);
  EXPECT_THAT(Read(0), ElementsAre("a@0"));
  EXPECT_EQ((*reader_->Committed({partition_}))[0].offset, Offset{1});
}

TEST_F(TransferTest, a_second_owner_of_the_id_ends_the_first_and_what_it_left_open) {
  const auto first = Open();
  Produce(*first, {"never"});
  const auto second = Open();
  EXPECT_EQ(CommitAt(*first, 5, "").result, CommitResult::kFenced);
  Produce(*second, {"b"});
  EXPECT_EQ(CommitAt(*second, 6, "").result, CommitResult::kDone);
  EXPECT_EQ((*reader_->Committed({partition_}))[0].offset, Offset{6});
}

TEST_F(TransferTest, a_range_ends_where_it_should_also_before_transaction_markers) {
  const auto transfer = Open();
  for (const char* value : {"a", "b", "c"}) {
    Produce(*transfer, {value});
    ASSERT_EQ(CommitAt(*transfer, 0, "").result, CommitResult::kDone);
  }
  // Each is followed by a marker: 0, 2, 4.
  AwaitReadable(6);
  EXPECT_THAT(Read(0), ElementsAre("a@0", "b@2", "c@4"));
  EXPECT_THAT(Read(0, 2), ElementsAre("a@0"));
  EXPECT_THAT(Read(1, 5), ElementsAre("b@2", "c@4"));
  EXPECT_THAT(Read(5), IsEmpty());
  EXPECT_THAT(Read(2, 2), IsEmpty());
}

TEST_F(TransferTest, an_error_of_the_visitor_ends_the_reading) {
  const auto transfer = Open();
  Produce(*transfer, {"a", "b"});
  ASSERT_EQ(CommitAt(*transfer, 0, "").result, CommitResult::kDone);
  AwaitReadable(3);
  const auto read =
      reader_->Read(partition_, {0}, {2}, [](const Message&) -> Result<void> { return Stop("enough"); });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, "enough");
  EXPECT_THAT(Read(0), ElementsAre("a@0", "b@1")) << "and the next one begins anew";
}

TEST_F(TransferTest, a_time_finds_the_first_message_that_is_not_older) {
  const auto transfer = Open();
  Produce(*transfer, {"a"});
  ASSERT_EQ(CommitAt(*transfer, 0, "").result, CommitResult::kDone);
  AwaitReadable(2);
  EXPECT_EQ(*reader_->FirstAt(partition_, Timestamp{0}), Offset{0});
  EXPECT_FALSE(*reader_->FirstAt(partition_, Timestamp::FromMillis(9'000'000'000'000)));
}

}  // namespace
}  // namespace ntsp::kafka
