// At least once: messages first, then offsets. What is between the two is published again after a crash.
#include "kafka/outbox.h"
#include "kafka/producer.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;

// A message that is not acknowledged by then is given up, and the batch is done again.
constexpr milliseconds kMessageTimeout{30'000};
constexpr milliseconds kFlushLimit{35'000};

class IdempotentProducer : public Producer {
 public:
  explicit IdempotentProducer(std::unique_ptr<Outbox> outbox) : outbox_(std::move(outbox)) {}

  Result<void> Begin() override {
    outbox_->Begin();
    return {};
  }

  Result<void> Produce(const OutgoingMessage& message) override { return outbox_->Produce(message); }
  void Serve() override { outbox_->ServeEvents(); }

  CommitReport Commit(Consumer& consumer,
                      const std::vector<std::pair<TopicPartition, Offset>>& next) override {
    if (!outbox_->Flush(kFlushLimit)) return GiveUp("The brokers do not acknowledge the messages.");
    if (CommitReport report = Report(CommitResult::kAborted, ""); !report.reason.empty()) return report;
    std::vector<Position> positions;
    for (const auto& [partition, offset] : next) positions.push_back({partition, offset, ""});
    std::string error;
    switch (consumer.Commit(positions, &error)) {
      case CommitOutcome::kCommitted:
        return {};
      case CommitOutcome::kRefused:
      case CommitOutcome::kUnknown:
        // At worst the messages come a second time, which is what this delivery allows.
        break;
    }
    return {CommitResult::kAborted, false, error};
  }

  CommitReport Abort() override { return GiveUp("The batch was given up."); }

 private:
  CommitReport GiveUp(const std::string& reason) {
    outbox_->Purge();
    return Report(CommitResult::kAborted, reason);
  }

  CommitReport Report(CommitResult result, std::string reason) {
    DeliveryFailure failure = outbox_->TakeFailure();
    rd_kafka_resp_err_t fatal = RD_KAFKA_RESP_ERR_NO_ERROR;
    const std::string text = outbox_->FatalText(&fatal);
    if (fatal != RD_KAFKA_RESP_ERR_NO_ERROR)
      return {CommitResult::kFatal, false, "The producer broke: " + text};
    if (failure.any) reason = failure.reason;
    return {result, failure.message_rejected, std::move(reason)};
  }

  std::unique_ptr<Outbox> outbox_;
};

}  // namespace

Result<std::unique_ptr<Producer>> OpenIdempotentProducer(const ClientConfig& config,
                                                         const ProducerOptions& options) {
  NTSP_ASSIGN(auto outbox, Outbox::Open(config, options, Sending::kAtFlush,
                                        {{"message.timeout.ms", std::to_string(kMessageTimeout.count())}}));
  return std::make_unique<IdempotentProducer>(std::move(outbox));
}

}  // namespace ntsp::kafka
