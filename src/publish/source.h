// Where the worker reads: the few calls of a Kafka consumer that it needs, so that its loop can be tested
// without a broker.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kafka/consumer.h"
#include "kafka/producer.h"

namespace ntsp::publish {

// Calls, threads and errors as kafka::Consumer says.
class Source {
 public:
  virtual ~Source() = default;
  // `listener` is called inside Poll and Close only.
  virtual Result<void> Subscribe(const std::string& topic, kafka::RebalanceListener& listener) = 0;
  // The messages are valid until the next Poll.
  virtual Result<std::span<const kafka::Message>> Poll(std::chrono::milliseconds wait, size_t most) = 0;
  virtual std::vector<kafka::Header> Headers(const kafka::Message& message) = 0;
  virtual Result<void> Seek(const std::vector<std::pair<TopicPartition, Offset>>& positions) = 0;
  // Ends the producer's batch with these as the group's positions.
  virtual kafka::CommitReport Commit(kafka::Producer& producer,
                                     const std::vector<std::pair<TopicPartition, Offset>>& next) = 0;
  // The group's positions, as the broker has them.
  virtual Result<std::vector<kafka::Position>> Stored(const std::vector<TopicPartition>& partitions) = 0;
  // No network; absent until the client has heard of the partition.
  virtual std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) = 0;
  // What fetched messages take now, about.
  virtual uint64_t FetchedBytes() const { return 0; }
  virtual void Close() = 0;
};

class KafkaSource : public Source {
 public:
  explicit KafkaSource(std::unique_ptr<kafka::Consumer> consumer) : consumer_(std::move(consumer)) {}

  Result<void> Subscribe(const std::string& topic, kafka::RebalanceListener& listener) override {
    return consumer_->Subscribe({topic}, listener);
  }
  Result<std::span<const kafka::Message>> Poll(std::chrono::milliseconds wait, size_t most) override {
    NTSP_TRY(consumer_->Poll(wait, most, batch_));
    return std::span<const kafka::Message>(batch_.messages());
  }
  std::vector<kafka::Header> Headers(const kafka::Message& message) override {
    return kafka::Headers(message);
  }
  Result<void> Seek(const std::vector<std::pair<TopicPartition, Offset>>& positions) override {
    return consumer_->Seek(positions);
  }
  kafka::CommitReport Commit(kafka::Producer& producer,
                             const std::vector<std::pair<TopicPartition, Offset>>& next) override {
    return producer.Commit(*consumer_, next);
  }
  Result<std::vector<kafka::Position>> Stored(const std::vector<TopicPartition>& partitions) override {
    return consumer_->Committed(partitions, kAnswerLimit);
  }
  std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) override {
    return consumer_->CachedLimits(partition);
  }
  uint64_t FetchedBytes() const override { return consumer_->FetchedBytes(); }
  void Close() override { consumer_->Close(); }

 private:
  static constexpr std::chrono::seconds kAnswerLimit{10};

  std::unique_ptr<kafka::Consumer> consumer_;
  kafka::Batch batch_;  // destroyed before the consumer it came from
};

}  // namespace ntsp::publish
