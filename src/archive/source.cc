#include "archive/source.h"

namespace ntsp::archive {
namespace {

class ConsumerSource : public Source {
 public:
  explicit ConsumerSource(std::unique_ptr<kafka::Consumer> consumer) : consumer_(std::move(consumer)) {}

  Result<void> Subscribe(const std::vector<std::string>& topics,
                         kafka::RebalanceListener& listener) override {
    return consumer_->Subscribe(topics, listener);
  }
  Result<void> Poll(std::chrono::milliseconds wait, size_t most, Polled& polled) override {
    auto result = consumer_->Poll(wait, most, batch_);
    polled = {batch_.messages(), batch_.out_of_range()};
    return result;
  }
  Result<void> Pause(const TopicPartition& partition) override { return consumer_->Pause({partition}); }
  Result<void> Resume(const TopicPartition& partition) override { return consumer_->Resume({partition}); }
  Result<void> Seek(const TopicPartition& partition, Offset offset) override {
    return consumer_->Seek({{partition, offset}});
  }
  Result<std::vector<kafka::Position>> Committed(const std::vector<TopicPartition>& partitions,
                                                 std::chrono::milliseconds timeout) override {
    return consumer_->Committed(partitions, timeout);
  }
  kafka::CommitOutcome Commit(const kafka::Position& position, std::string& error) override {
    return consumer_->Commit({position}, &error);
  }
  Result<kafka::PartitionState> Limits(const TopicPartition& partition,
                                       std::chrono::milliseconds timeout) override {
    return consumer_->Limits(partition, timeout);
  }
  std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) const override {
    return consumer_->CachedLimits(partition);
  }
  void Close() override { consumer_->Close(); }

 private:
  std::unique_ptr<kafka::Consumer> consumer_;
  kafka::Batch batch_;  // destroyed before the consumer that its messages came from
};

}  // namespace

SourceFactory KafkaSource(kafka::ClientConfig config, std::string group, size_t queue_kilobytes,
                          kafka::StatisticsListener on_statistics) {
  kafka::Consumer::Options options;
  options.group = std::move(group);
  options.cooperative = true;
  options.fail_when_out_of_range = true;
  options.queue_kilobytes = queue_kilobytes;
  options.on_statistics = std::move(on_statistics);
  return [config = std::move(config), options]() -> Result<std::unique_ptr<Source>> {
    NTSP_ASSIGN(auto consumer, kafka::Consumer::Open(config, options));
    return std::make_unique<ConsumerSource>(std::move(consumer));
  };
}

}  // namespace ntsp::archive
