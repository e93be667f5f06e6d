// The Kafka consumer as the archive needs it: an interface only so that the worker can be tested against a
// fake broker. Calls and threads as in kafka/consumer.h.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kafka/consumer.h"

namespace ntsp::archive {

class Source {
 public:
  virtual ~Source() = default;
  virtual Result<void> Subscribe(const std::vector<std::string>& topics,
                                 kafka::RebalanceListener& listener) = 0;
  // What was polled stands in `polled` also when there is an error; valid until the next Poll.
  virtual Result<void> Poll(std::chrono::milliseconds wait, size_t most, kafka::Polled& polled) = 0;
  virtual Result<void> Pause(const TopicPartition& partition) = 0;
  virtual Result<void> Resume(const TopicPartition& partition) = 0;
  virtual Result<void> Seek(const TopicPartition& partition, Offset offset) = 0;
  virtual Result<std::vector<kafka::Position>> Committed(const std::vector<TopicPartition>& partitions,
                                                         std::chrono::milliseconds timeout) = 0;
  virtual kafka::CommitOutcome Commit(const kafka::Position& position, std::string& error) = 0;
  virtual Result<kafka::PartitionState> Limits(const TopicPartition& partition,
                                               std::chrono::milliseconds timeout) = 0;
  virtual std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) const = 0;
  // What fetched messages take now, about.
  virtual uint64_t FetchedBytes() const { return 0; }
  virtual void Close() = 0;
};

// Called at the start and whenever the worker joins its group anew.
using SourceFactory = std::function<Result<std::unique_ptr<Source>>()>;

// The real one: a member of `group`, cooperative-sticky.
SourceFactory KafkaSource(kafka::ClientConfig config, std::string group, size_t fetch_kilobytes,
                          kafka::StatisticsListener on_statistics);

}  // namespace ntsp::archive
