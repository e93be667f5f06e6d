// Where the worker reads: the few calls of a Kafka consumer that it needs, so that its loop can be tested
// without a broker.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
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
  // Closes what was subscribed, which calls the listener, and subscribes anew with a fresh client.
  virtual Result<void> Rejoin() = 0;
  // What was polled stands in `polled` also when there is an error; valid until the next Poll.
  virtual Result<void> Poll(std::chrono::milliseconds wait, size_t most, kafka::Polled& polled) = 0;
  virtual std::vector<kafka::Header> Headers(const kafka::Message& message) = 0;
  virtual Result<void> Seek(const std::vector<std::pair<TopicPartition, Offset>>& positions) = 0;
  virtual Result<void> Restart(const std::vector<std::pair<TopicPartition, Offset>>& positions) = 0;
  // Ends the producer's batch with these as the group's positions.
  virtual kafka::CommitReport Commit(kafka::Producer& producer,
                                     const std::vector<std::pair<TopicPartition, Offset>>& next) = 0;
  // The group's positions, as the broker has them.
  virtual Result<std::vector<kafka::Position>> Stored(const std::vector<TopicPartition>& partitions,
                                                      std::chrono::milliseconds timeout) = 0;
  // Asks the partition's leader.
  virtual Result<kafka::PartitionState> Limits(const TopicPartition& partition) = 0;
  // No network; absent until the client has heard of the partition.
  virtual std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) = 0;
  // What fetched messages take now, about.
  virtual uint64_t FetchedBytes() const { return 0; }
  virtual void Close() = 0;
};

class KafkaSource : public Source {
 public:
  static Result<std::unique_ptr<KafkaSource>> Open(const kafka::ClientConfig& config,
                                                   const kafka::Consumer::Options& options) {
    NTSP_ASSIGN(auto consumer, kafka::Consumer::Open(config, options));
    return std::unique_ptr<KafkaSource>(new KafkaSource(config, options, std::move(consumer)));
  }

  Result<void> Subscribe(const std::string& topic, kafka::RebalanceListener& listener) override {
    topic_ = topic;
    listener_ = &listener;
    return consumer_->Subscribe({topic_}, *listener_);
  }
  Result<void> Rejoin() override {
    NTSP_ASSIGN(auto fresh, kafka::Consumer::Open(config_, options_));
    consumer_->Close();
    batch_ = kafka::Batch();
    consumer_ = std::move(fresh);
    return consumer_->Subscribe({topic_}, *listener_);
  }
  Result<void> Poll(std::chrono::milliseconds wait, size_t most, kafka::Polled& polled) override {
    auto result = consumer_->Poll(wait, most, batch_);
    polled = batch_.all();
    return result;
  }
  std::vector<kafka::Header> Headers(const kafka::Message& message) override {
    return kafka::Headers(message);
  }
  Result<void> Seek(const std::vector<std::pair<TopicPartition, Offset>>& positions) override {
    return consumer_->Seek(positions);
  }
  Result<void> Restart(const std::vector<std::pair<TopicPartition, Offset>>& positions) override {
    return consumer_->Restart(positions);
  }
  kafka::CommitReport Commit(kafka::Producer& producer,
                             const std::vector<std::pair<TopicPartition, Offset>>& next) override {
    return producer.Commit(*consumer_, next);
  }
  Result<std::vector<kafka::Position>> Stored(const std::vector<TopicPartition>& partitions,
                                              std::chrono::milliseconds timeout) override {
    return consumer_->Committed(partitions, timeout);
  }
  Result<kafka::PartitionState> Limits(const TopicPartition& partition) override {
    return kafka::LimitsForSure(*consumer_, config_, options_, partition, kLimitsWait);
  }
  std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) override {
    return consumer_->CachedLimits(partition);
  }
  uint64_t FetchedBytes() const override { return consumer_->FetchedBytes(); }
  void Close() override { consumer_->Close(); }

 private:
  static constexpr std::chrono::seconds kLimitsWait{5};

  KafkaSource(kafka::ClientConfig config, kafka::Consumer::Options options,
              std::unique_ptr<kafka::Consumer> consumer)
      : config_(std::move(config)), options_(std::move(options)), consumer_(std::move(consumer)) {}

  const kafka::ClientConfig config_;
  const kafka::Consumer::Options options_;
  std::string topic_;
  kafka::RebalanceListener* listener_ = nullptr;
  std::unique_ptr<kafka::Consumer> consumer_;
  kafka::Batch batch_;  // destroyed before the consumer it came from
};

}  // namespace ntsp::publish
