// The way out. Two deliveries behind one interface: TransactionalProducer (exactly once, KIP-447) and
// IdempotentProducer (at least once, for brokers without transactions). A producer belongs to one worker
// thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/types.h"
#include "kafka/client_config.h"
#include "kafka/consumer.h"

namespace ntsp::kafka {

struct OutgoingMessage {
  std::string_view topic;
  std::string_view key;
  std::string_view value;
  std::vector<Header> headers;
  bool has_key = true;
};

// How the work since Begin ended.
enum class CommitResult {
  kDone,     // offsets and messages are committed together
  kAborted,  // nothing of it will be seen: rewind to the batch's start and do it again
  kUnknown,  // done or aborted: the next Begin ends what is open, then the group's position tells which
  kFenced,   // another instance took over this transactional id: end, never retry
  kFatal,    // this client is broken: destroy it, end the process
};

struct CommitReport {
  CommitResult result = CommitResult::kDone;
  bool message_rejected = false;  // kAborted because the broker refused a message for its size or content
  std::string reason;             // for people; empty when done
};

class Producer {
 public:
  virtual ~Producer() = default;
  // Starts a batch. Nothing may be produced outside one. kRetry: the last batch ended in doubt and the
  // brokers do not answer yet; call it again. kStop: as when opened.
  virtual Result<void> Begin() = 0;
  // Copies the message into librdkafka's queue; waits while that is full. kReject: larger than the client
  // takes. kRetry: the batch has failed already; Commit says why.
  virtual Result<void> Produce(const OutgoingMessage& message) = 0;
  // 1. all produced messages are acknowledged  2. `next` (offset of the next message to read, by partition)
  // becomes the group's position  3. both are visible, or neither (at-least-once: 1, then 2).
  virtual CommitReport Commit(Consumer& consumer,
                              const std::vector<std::pair<TopicPartition, Offset>>& next) = 0;
  // Drops what was produced since Begin. kAborted when that is done.
  virtual CommitReport Abort() = 0;
  // Hears what the client has to say. With on_statistics it must be called now and then, whatever happens:
  // what is not heard takes memory. Never blocks.
  virtual void Serve() {}
};

struct ProducerOptions {
  std::string transactional_id;  // only TransactionalProducer; stable over restarts, unique per worker
  std::chrono::milliseconds transaction_timeout{15'000};
  std::chrono::milliseconds call_timeout{5'000};  // of one try of a call to a coordinator
  size_t message_max_bytes = 1'000'000;           // key + value + headers, uncompressed
  size_t queue_kilobytes = 65'536;
  std::string compression = "lz4";
  StatisticsListener on_statistics = {};  // called within Serve and Commit, each few seconds; may be empty
};

// Waits until the transaction coordinator answers, calling `keep_waiting` between tries; kStop if that
// returns false, if the id is fenced, or if it is not authorised.
Result<std::unique_ptr<Producer>> OpenTransactionalProducer(const ClientConfig& config,
                                                            const ProducerOptions& options,
                                                            const std::function<bool()>& keep_waiting);
Result<std::unique_ptr<Producer>> OpenIdempotentProducer(const ClientConfig& config,
                                                         const ProducerOptions& options);

}  // namespace ntsp::kafka
