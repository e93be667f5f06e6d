// A member of a consumer group that keeps its own positions: nothing is committed but by Commit or through a
// transaction, and always read_committed. One consumer belongs to one thread; callbacks run inside Poll and
// Close.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "base/types.h"
#include "kafka/client_config.h"

namespace ntsp::kafka {

// Where to read on, and what was committed with it.
struct Position {
  TopicPartition partition;
  std::optional<Offset> offset;  // absent: none was committed
  std::string metadata;
};

using Header = std::pair<std::string_view, std::string_view>;

// Borrows from the Batch it came in.
struct Message {
  std::string_view topic;
  Partition partition;
  Offset offset;
  Timestamp timestamp;
  std::optional<std::string_view> key;
  std::optional<std::string_view> value;
  const void* handle = nullptr;  // librdkafka's own, for Headers()
};
std::vector<Header> Headers(const Message& message);

// A partition whose position the broker no longer has (retention, topic made anew): the owner must Seek.
struct OutOfRange {
  TopicPartition partition;
};

// What one Poll returned. Valid until the next Poll with the same batch, or its end, which must come before
// the consumer's.
class Batch {
 public:
  Batch();
  ~Batch();
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;

  const std::vector<Message>& messages() const { return messages_; }
  const std::vector<OutOfRange>& out_of_range() const { return out_of_range_; }

 private:
  friend class Consumer;
  void Clear();
  std::vector<void*> handles_;
  std::vector<Message> messages_;
  std::vector<OutOfRange> out_of_range_;
};

class RebalanceListener {
 public:
  virtual ~RebalanceListener() = default;
  // Returns where to start each partition; one that is left out starts at its committed offset, or the
  // beginning.
  // Also called when this member got none: then it has joined all the same.
  virtual std::vector<Position> OnAssigned(const std::vector<TopicPartition>& partitions) = 0;
  // The rebalance waits until this returns. `lost`: they already belong to somebody else, nothing may be
  // committed.
  virtual void OnRevoked(const std::vector<TopicPartition>& partitions, bool lost) = 0;
};

enum class CommitOutcome {
  kCommitted,
  kRefused,  // definitely not stored: this member's generation is over or a rebalance is under way
  kUnknown,  // perhaps stored, perhaps later: no other commit may follow from this consumer (invariant I7)
};

// Lag and limits of one partition, as last heard from the broker; no network.
struct PartitionState {
  TopicPartition partition;
  Offset low, high;  // of read_committed readers
};

class Consumer {
 public:
  struct Options {
    std::string group;
    bool cooperative = false;             // cooperative-sticky, else range
    bool fail_when_out_of_range = false;  // OutOfRange events instead of a jump to the beginning
    std::chrono::milliseconds session_timeout{10'000};
    size_t queue_kilobytes = 32'768;  // what may be fetched ahead, for all partitions together
  };

  // Inert until Subscribe. kStop if the settings are not taken.
  static Result<std::unique_ptr<Consumer>> Open(const ClientConfig& config, const Options& options);
  ~Consumer();

  // `listener` must outlive the consumer.
  Result<void> Subscribe(const std::vector<std::string>& topics, RebalanceListener& listener);

  // Up to `most` messages, waiting at most `wait` for the first. kRetry: trouble that librdkafka works on by
  // itself (brokers away, unknown topic, login or certificate refused); kStop: fatal, or not authorised.
  Result<void> Poll(std::chrono::milliseconds wait, size_t most, Batch& batch);

  Result<void> Pause(const std::vector<TopicPartition>& partitions);
  Result<void> Resume(const std::vector<TopicPartition>& partitions);
  // Next Poll reads from there; what was fetched ahead is forgotten.
  Result<void> Seek(const std::vector<std::pair<TopicPartition, Offset>>& positions);

  // Asks the group coordinator.
  Result<std::vector<Position>> Committed(const std::vector<TopicPartition>& partitions,
                                          std::chrono::milliseconds timeout);
  // Synchronous. kUnknown also when a transport error was heard during the call.
  CommitOutcome Commit(const std::vector<Position>& positions, std::string* error = nullptr);
  // Asks the partition's leader.
  Result<PartitionState> Limits(const TopicPartition& partition, std::chrono::milliseconds timeout);
  // Cached by the client; absent until it has heard of the partition.
  std::optional<PartitionState> CachedLimits(const TopicPartition& partition) const;

  bool AssignmentLost() const;
  // Leaves the group; OnRevoked is called for what is still assigned.
  void Close();

  struct Impl;  // for the transactional producer, which needs the group's metadata
  Impl& impl() { return *impl_; }

 private:
  explicit Consumer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ntsp::kafka
