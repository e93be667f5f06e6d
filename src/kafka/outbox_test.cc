#include "kafka/outbox.h"

#include <gtest/gtest.h>

#include "kafka/cluster_fake.h"

namespace ntsp::kafka {
namespace {

constexpr size_t kBatchBytes = 10'000;

class OutboxTest : public testing::Test {
 protected:
  void Open(Sending sending) {
    cluster_.CreateTopic("out", 2);
    ProducerOptions options;
    options.message_max_bytes = kBatchBytes;
    auto opened = Outbox::Open(cluster_.config(), options, sending, {});
    ASSERT_TRUE(opened) << opened.error().message;
    outbox_ = std::move(*opened);
    // Not before the client knows the topic does it choose partitions at once.
    ASSERT_TRUE(outbox_->Produce(Out("first", 1)));
    ASSERT_TRUE(outbox_->Flush(std::chrono::seconds(10)));
  }

  static OutgoingMessage Out(std::string_view key, size_t bytes) {
    static const std::string kText(kBatchBytes, 'x');
    return {"out", key, std::string_view(kText).substr(0, bytes), {}, true};
  }

  void Produce(std::string_view key, int count) {
    for (int i = 0; i < count; ++i) ASSERT_TRUE(outbox_->Produce(Out(key, 1'000)));
  }

  int Waiting() { return rd_kafka_outq_len(outbox_->get()); }

  FaultyCluster cluster_{1};
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(OutboxTest, what_a_partition_is_given_is_acknowledged_before_it_is_more_than_one_batch) {
  Open(Sending::kAtFlush);
  Produce("one", 7);
  EXPECT_EQ(Waiting(), 7) << "sent one by one";
  Produce("one", 1);
  EXPECT_EQ(Waiting(), 0) << "a second batch would wait behind the first";
}

TEST_F(OutboxTest, partitions_are_counted_one_by_one) {
  Open(Sending::kAtFlush);
  Produce("one", 5);   // murmur2 puts these two keys
  Produce("four", 5);  // on two partitions
  EXPECT_EQ(Waiting(), 10);
}

TEST_F(OutboxTest, a_new_batch_counts_from_nothing) {
  Open(Sending::kAtFlush);
  Produce("one", 5);
  outbox_->Flush(std::chrono::seconds(10));
  outbox_->Begin();
  Produce("one", 5);
  EXPECT_EQ(Waiting(), 5);
}

}  // namespace
}  // namespace ntsp::kafka
