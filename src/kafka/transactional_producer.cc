#include "kafka/transactional_producer.h"

#include <algorithm>
#include <cstdlib>

#include "base/defect.h"
#include "base/log.h"
#include "kafka/consumer_impl.h"
#include "kafka/partitions.h"
#include "kafka/send_offsets.h"
#include "kafka/watchdog.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// All tries of a step together, librdkafka going on with the same request: below the watchdog's 60 s.
constexpr int kTries = 9;
constexpr milliseconds kReopenLimit{15'000};
// A message that is given up aborts the transaction; that must happen before the coordinator does it, which
// looks like being fenced by another instance.
constexpr milliseconds kBeforeTransactionTimeout{1'000};

milliseconds Setting(const ClientConfig& config, const char* property, milliseconds otherwise) {
  const auto own = config.properties.find(property);
  return own == config.properties.end() ? otherwise
                                        : milliseconds(std::strtoll(own->second.c_str(), nullptr, 10));
}

std::string Text(milliseconds duration) {
  return std::to_string(duration.count());
}

std::string LeftBehind(const char* name) {
  return std::string(name) +
         " hangs: the group's coordinator is away, or librdkafka does not see it come back.";
}

bool IsFencing(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
         code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH;
}

}  // namespace

TransactionalProducer::TransactionalProducer(ClientConfig config, ProducerOptions options)
    : config_(std::move(config)),
      options_(std::move(options)),
      transaction_timeout_(Setting(config_, "transaction.timeout.ms", options_.transaction_timeout)),
      // librdkafka wants it no longer than the transaction's.
      request_timeout_(
          std::min(Setting(config_, "socket.timeout.ms", transaction_timeout_), transaction_timeout_)) {}

Result<void> TransactionalProducer::Reopen() {
  const Watchdog::Scope watched("restart of the producer");
  outbox_.reset();
  prepared_ = false;
  NTSP_ASSIGN(outbox_,
              Outbox::Open(config_, options_, Sending::kAtFlush,
                           {{"transactional.id", options_.transactional_id},
                            {"transaction.timeout.ms", Text(transaction_timeout_)},
                            {"socket.timeout.ms", Text(request_timeout_)},
                            {"message.timeout.ms", Text(transaction_timeout_ - kBeforeTransactionTimeout)}}));
  needs_new_client_ = false;
  return {};
}

TransactionalProducer::Step TransactionalProducer::Classify(const char* name,
                                                            const rd_kafka_error_t& error) const {
  const rd_kafka_resp_err_t code = rd_kafka_error_code(&error);
  const std::string reason = MakeError(code, name, subject(), rd_kafka_error_string(&error)).message;
  rd_kafka_resp_err_t fatal = RD_KAFKA_RESP_ERR_NO_ERROR;
  outbox_->FatalText(&fatal);
  if (IsFencing(code) || IsFencing(fatal)) return {Ended::kFenced, reason};
  if (code == RD_KAFKA_RESP_ERR_INVALID_TXN_STATE || fatal == RD_KAFKA_RESP_ERR_INVALID_TXN_STATE)
    return {Ended::kUnsettled, reason};
  if (rd_kafka_error_is_fatal(&error) != 0 || fatal != RD_KAFKA_RESP_ERR_NO_ERROR)
    return {Ended::kFatal, reason};
  if (rd_kafka_error_txn_requires_abort(&error) != 0) return {Ended::kAbortable, reason};
  if (rd_kafka_error_is_retriable(&error) != 0) return {Ended::kTimedOut, reason};
  return {Ended::kFatal, reason};
}

// `call` returns an error, null, or nothing when it was left behind.
template <typename Call>
TransactionalProducer::Step TransactionalProducer::Run(const char* name, Call call) {
  const Watchdog::Scope watched(name);
  const uint64_t lost_before = outbox_->connections_lost();
  const auto begin = steady_clock::now();
  Step step;
  bool again = false;
  do {
    const std::optional<ErrorHandle> error = call();
    if (!error) return {Ended::kLeftBehind, LeftBehind(name)};
    step = *error ? Classify(name, **error) : Step{};
    again = again || step.ended == Ended::kTimedOut;
  } while (step.ended == Ended::kTimedOut && steady_clock::now() - begin < kTries * options_.call_timeout);
  needs_new_client_ = needs_new_client_ || again || outbox_->connections_lost() != lost_before ||
                      steady_clock::now() - begin > request_timeout_;
  return step;
}

Result<void> TransactionalProducer::Prepare(milliseconds limit) {
  if (!outbox_ || needs_new_client_) NTSP_TRY(Reopen());
  if (prepared_) return {};
  const Watchdog::Scope watched("init_transactions");
  const ErrorHandle error(rd_kafka_init_transactions(outbox_->get(), Millis(limit)));
  outbox_->ServeEvents();
  if (!error) {
    prepared_ = true;
    return {};
  }
  const std::string what = "Registering transactional id " + options_.transactional_id;
  Error told =
      MakeError(rd_kafka_error_code(error.get()), what, subject(), rd_kafka_error_string(error.get()));
  told.kind = rd_kafka_error_is_retriable(error.get()) != 0 ? ErrorKind::kRetry : ErrorKind::kStop;
  return Failure(std::move(told));
}

Result<void> TransactionalProducer::Begin() {
  NTSP_TRY(Prepare(kReopenLimit));
  outbox_->Begin();
  const ErrorHandle error(rd_kafka_begin_transaction(outbox_->get()));
  if (!error) return {};
  return Stop(Classify("begin_transaction", *error).reason);
}

Result<void> TransactionalProducer::Produce(const OutgoingMessage& message) {
  return outbox_->Produce(message);
}

TransactionalProducer::Step TransactionalProducer::SendOffsets(GroupMetadataHandle group,
                                                               PartitionsHandle next) {
  const auto offsets = std::make_shared<const GroupOffsets>(GroupOffsets{std::move(next), std::move(group)});
  // commit_transaction waits for the messages, too, and looks each 10 ms; what is not sent by then it tells
  // of.
  outbox_->Flush(options_.call_timeout);
  return Run("send_offsets_to_transaction",
             [&] { return kafka::SendOffsets(outbox_, offsets, options_.call_timeout); });
}

CommitReport TransactionalProducer::Commit(Consumer& consumer,
                                           const std::vector<std::pair<TopicPartition, Offset>>& next) {
  // The broker compares it with the group's present generation: that is what keeps a member that was thrown
  // out, and does not know it yet, from committing.
  GroupMetadataHandle group = consumer.impl().Membership();
  // An outsider's: the broker takes it whoever owns the partitions.
  if (HasDefect(Defect::kNoGenerationCheck)) {
    group.reset(rd_kafka_consumer_group_metadata_new(consumer.impl().options.group.c_str()));
  }
  if (!group) return EndAfter({Ended::kAbortable, "The consumer is not a member of its group (any more)."});
  return EndAfter(SendOffsets(std::move(group), ToList(next)));
}

CommitReport TransactionalProducer::CommitFor(const std::string& group, const std::vector<Position>& next) {
  return EndAfter(
      SendOffsets(GroupMetadataHandle(rd_kafka_consumer_group_metadata_new(group.c_str())), ToList(next)));
}

CommitReport TransactionalProducer::EndAfter(Step step) {
  // Nothing has been promised to the coordinator yet, so this can still be undone.
  if (step.ended == Ended::kTimedOut) return AbortBecause(step.reason);
  // Waits for all messages, too.
  if (step.ended == Ended::kDone) {
    step = Run("commit_transaction", [&] {
      return ErrorHandle(rd_kafka_commit_transaction(outbox_->get(), Millis(options_.call_timeout)));
    });
  }
  switch (step.ended) {
    case Ended::kDone:
      return {};
    case Ended::kAbortable:
      return AbortBecause(step.reason);
    case Ended::kFenced:
      return Report(CommitResult::kFenced, step.reason);
    case Ended::kFatal:
      return Report(CommitResult::kFatal, step.reason);
    case Ended::kLeftBehind:
      return Abandon(step.reason);
    case Ended::kUnsettled:
      return Unsettled(step.reason);
    case Ended::kTimedOut:
      break;
  }
  return Report(CommitResult::kUnknown, step.reason);
}

CommitReport TransactionalProducer::Abort() {
  return AbortBecause("The batch was given up.");
}

CommitReport TransactionalProducer::AbortBecause(const std::string& reason) {
  const Step step = Run("abort_transaction", [&] {
    return ErrorHandle(rd_kafka_abort_transaction(outbox_->get(), Millis(options_.call_timeout)));
  });
  switch (step.ended) {
    case Ended::kDone:
      break;
    case Ended::kTimedOut:
    case Ended::kAbortable:
    case Ended::kLeftBehind:
      // Nobody will commit it: the next Begin registers the id anew, and that ends the transaction.
      needs_new_client_ = true;
      break;
    case Ended::kUnsettled:
      return Unsettled(step.reason);
    case Ended::kFenced:
      return Report(CommitResult::kFenced, step.reason);
    case Ended::kFatal:
      return Report(CommitResult::kFatal, step.reason);
  }
  return Report(CommitResult::kAborted, reason);
}

// As when an answer of the coordinator came after it had failed over. The client is of no use any more, its
// id is.
CommitReport TransactionalProducer::Unsettled(const std::string& reason) {
  needs_new_client_ = true;
  return Report(CommitResult::kUnknown, reason);
}

// The next Begin registers the id anew, which ends the transaction.
CommitReport TransactionalProducer::Abandon(const std::string& reason) {
  outbox_.reset();
  return {CommitResult::kAborted, false, reason};
}

CommitReport TransactionalProducer::Report(CommitResult result, std::string reason) {
  outbox_->ServeEvents();
  DeliveryFailure failure = outbox_->TakeFailure();
  // librdkafka does not forget the sequence numbers of messages that the broker refused: the next transaction
  // of the same client would be blamed for them.
  if (failure.any) needs_new_client_ = true;
  CommitReport report{result, failure.message_rejected, std::move(reason)};
  if (failure.any) report.reason = failure.reason + " " + report.reason;
  return report;
}

Result<std::unique_ptr<TransactionalProducer>> PrepareTransactionalProducer(
    const ClientConfig& config, const ProducerOptions& options, const std::function<bool()>& keep_waiting) {
  auto producer = std::make_unique<TransactionalProducer>(config, options);
  for (;;) {
    const Result<void> prepared = producer->Prepare(options.call_timeout);
    if (prepared) return producer;
    if (prepared.error().kind != ErrorKind::kRetry) return Failure(prepared.error());
    log::Warn("transactions-waiting", prepared.error().message);
    if (!keep_waiting()) return Stop("Stopped while waiting for the brokers. " + prepared.error().message);
  }
}

Result<std::unique_ptr<Producer>> OpenTransactionalProducer(const ClientConfig& config,
                                                            const ProducerOptions& options,
                                                            const std::function<bool()>& keep_waiting) {
  NTSP_ASSIGN(auto producer, PrepareTransactionalProducer(config, options, keep_waiting));
  return producer;
}

}  // namespace ntsp::kafka
