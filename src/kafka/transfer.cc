#include "kafka/transfer.h"

#include "kafka/transactional_producer.h"

namespace ntsp::kafka {
namespace {

class GroupTransfer : public Transfer {
 public:
  GroupTransfer(std::unique_ptr<TransactionalProducer> producer, std::string group)
      : producer_(std::move(producer)), group_(std::move(group)) {}

  Result<void> Begin() override { return producer_->Begin(); }
  Result<void> Produce(const OutgoingMessage& message) override { return producer_->Produce(message); }
  CommitReport Commit(const std::vector<Position>& next) override {
    return producer_->CommitFor(group_, next);
  }
  CommitReport Abort() override { return producer_->Abort(); }

 private:
  const std::unique_ptr<TransactionalProducer> producer_;
  const std::string group_;
};

}  // namespace

Result<std::unique_ptr<Transfer>> OpenTransfer(const ClientConfig& config, const ProducerOptions& options,
                                               const std::string& group,
                                               const std::function<bool()>& keep_waiting) {
  NTSP_ASSIGN(auto producer, PrepareTransactionalProducer(config, options, keep_waiting));
  return std::make_unique<GroupTransfer>(std::move(producer), group);
}

}  // namespace ntsp::kafka
