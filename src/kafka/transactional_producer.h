// Exactly once (KIP-447). Only for .cc files of this folder; the world sees OpenTransactionalProducer.
#pragma once

#include <memory>
#include <string>

#include "kafka/errors.h"
#include "kafka/outbox.h"
#include "kafka/producer.h"

namespace ntsp::kafka {

class TransactionalProducer : public Producer {
 public:
  TransactionalProducer(ClientConfig config, ProducerOptions options);

  // Makes the client if there is none, and registers the transactional id, which ends what an earlier owner
  // of it left open. kRetry: the coordinator does not answer; call it again. kStop: fenced, not authorised,
  // or bad settings.
  Result<void> Prepare(std::chrono::milliseconds limit);

  Result<void> Begin() override;
  Result<void> Produce(const OutgoingMessage& message) override;
  CommitReport Commit(Consumer& consumer,
                      const std::vector<std::pair<TopicPartition, Offset>>& next) override;
  CommitReport Abort() override;
  void Serve() override {
    if (outbox_) outbox_->ServeEvents();
  }
  // As Commit, for a group that nobody is a member of: the broker refuses its positions if somebody is.
  CommitReport CommitFor(const std::string& group, const std::vector<Position>& next);

 private:
  // How one call to the coordinator ended, its retries included.
  // kLeftBehind: it hangs and is out of our hands, as is the client.
  // kUnsettled: client and coordinator disagree on what there is to end; only the group's position tells.
  enum class Ended { kDone, kAbortable, kFenced, kFatal, kTimedOut, kLeftBehind, kUnsettled };
  struct Step {
    Ended ended = Ended::kDone;
    std::string reason;
  };

  Result<void> Reopen();
  template <typename Call>
  Step Run(const char* name, Call call);
  Step Classify(const char* name, const rd_kafka_error_t& error) const;
  Step SendOffsets(GroupMetadataHandle group, PartitionsHandle next);
  CommitReport EndAfter(Step step);
  CommitReport Abandon(const std::string& reason);
  CommitReport Unsettled(const std::string& reason);
  CommitReport AbortBecause(const std::string& reason);
  CommitReport Report(CommitResult result, std::string reason);
  Subject subject() const { return {.transactional_id = options_.transactional_id}; }

  const ClientConfig config_;
  const ProducerOptions options_;
  const std::chrono::milliseconds transaction_timeout_;
  const std::chrono::milliseconds request_timeout_;
  std::shared_ptr<Outbox> outbox_;  // shared with calls that were left behind
  bool prepared_ = false;
  // In doubt: a copy of a request that carried the last transaction's offsets, or ended it, may still be on
  // its way: it would put old offsets into the next one, or end it (librdkafka's #5423). A new client has a
  // new epoch, and the broker refuses what comes with the old one.
  bool needs_new_client_ = false;
};

// As OpenTransactionalProducer, which says no more than that it is a Producer.
Result<std::unique_ptr<TransactionalProducer>> PrepareTransactionalProducer(
    const ClientConfig& config, const ProducerOptions& options, const std::function<bool()>& keep_waiting);

}  // namespace ntsp::kafka
