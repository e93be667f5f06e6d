// A member of a consumer group that keeps its own positions: nothing is committed but by Commit or through a
// transaction, and always read_committed. One consumer belongs to one thread; callbacks run inside Poll and
// Close.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "base/types.h"
#include "kafka/client_config.h"
#include "kafka/statistics.h"

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

// A partition whose position the broker no longer has (retention, topic made anew): nothing more comes from
// it until the owner says where to go on, by Seek or Restart.
struct OutOfRange {
  TopicPartition partition;
  std::optional<Offset> position = std::nullopt;  // the one that is gone; absent: not told
  bool truncated =
      false;  // the log was cut at `position`, by an unclean election, and is another one behind it
};

// The partition had no more messages for read_committed readers at that moment. What lies between the last
// message and here are markers and aborted transactions: nobody will ever read it.
struct EndReached {
  TopicPartition partition;
  Offset end;
};

// What one Poll returned, borrowed.
struct Polled {
  std::span<const Message> messages;
  std::span<const OutOfRange> out_of_range;
  std::span<const EndReached> ends;
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
  const std::vector<EndReached>& ends() const { return ends_; }
  Polled all() const { return {messages_, out_of_range_, ends_}; }

 private:
  friend class Consumer;
  void Clear();
  std::vector<void*> handles_;
  std::vector<Message> messages_;
  std::vector<OutOfRange> out_of_range_;
  std::vector<EndReached> ends_;
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
    // What fetched messages may take, for all partitions together: those that were polled, those that wait in
    // librdkafka's queue, and those that are on their way. A larger message passes all the same, alone.
    size_t fetch_kilobytes = 32'768;
    StatisticsListener on_statistics = {};  // called within Poll, each few seconds; may be empty
  };

  // Inert until Subscribe. kStop if the settings are not taken.
  static Result<std::unique_ptr<Consumer>> Open(const ClientConfig& config, const Options& options);
  // Closes. A client whose threads hang is left behind with its memory.
  ~Consumer();

  // `listener` must outlive the consumer.
  Result<void> Subscribe(const std::vector<std::string>& topics, RebalanceListener& listener);

  // Up to `most` messages, or fewer large ones, waiting at most `wait` for the first. kRetry: trouble that
  // librdkafka works on by itself (brokers away, unknown topic, login or certificate refused); kStop: fatal,
  // or not authorised.
  Result<void> Poll(std::chrono::milliseconds wait, size_t most, Batch& batch);

  Result<void> Pause(const std::vector<TopicPartition>& partitions);
  Result<void> Resume(const std::vector<TopicPartition>& partitions);
  // Next Poll reads from there; what was fetched ahead is forgotten.
  Result<void> Seek(const std::vector<std::pair<TopicPartition, Offset>>& positions);
  // Seek for an eager group after OutOfRange: all partitions are fetched anew, so `positions` has to name
  // each that was read from. The others start at their committed offset, or the beginning.
  Result<void> Restart(const std::vector<std::pair<TopicPartition, Offset>>& positions);

  // Asks the group coordinator.
  Result<std::vector<Position>> Committed(const std::vector<TopicPartition>& partitions,
                                          std::chrono::milliseconds timeout);
  // Synchronous. kUnknown also when a transport error was heard during the call.
  CommitOutcome Commit(const std::vector<Position>& positions, std::string* error = nullptr);
  // Asks the partition's leader.
  Result<PartitionState> Limits(const TopicPartition& partition, std::chrono::milliseconds timeout);
  // Cached by the client; absent until it has heard of the partition.
  std::optional<PartitionState> CachedLimits(const TopicPartition& partition) const;
  // What fetched messages take now, about; no network.
  uint64_t FetchedBytes() const;

  bool AssignmentLost() const;
  // Leaves the group; OnRevoked is called for what is still assigned.
  void Close();

  struct Impl;  // for the transactional producer, which needs the group's metadata
  Impl& impl() { return *impl_; }

 private:
  explicit Consumer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Limits, and if the consumer gets no answer, those that a fresh client gets: so that a client that hangs is
// told from brokers that are away. Takes up to twice the timeout.
Result<PartitionState> LimitsForSure(Consumer& consumer, const ClientConfig& config,
                                     const Consumer::Options& options, const TopicPartition& partition,
                                     std::chrono::milliseconds timeout);

}  // namespace ntsp::kafka
