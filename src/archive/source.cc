#include "archive/source.h"

namespace ntsp::archive {
namespace {

class ConsumerSource : public Source {
 public:
  ConsumerSource(kafka::ClientConfig config, kafka::Consumer::Options options,
                 std::unique_ptr<kafka::Consumer> consumer)
      : config_(std::move(config)), options_(std::move(options)), consumer_(std::move(consumer)) {}

  Result<void> Subscribe(const std::vector<std::string>& topics,
                         kafka::RebalanceListener& listener) override {
    return consumer_->Subscribe(topics, listener);
  }
  Result<void> Poll(std::chrono::milliseconds wait, size_t most, kafka::Polled& polled) override {
    auto result = consumer_->Poll(wait, most, batch_);
    polled = batch_.all();
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
    return kafka::LimitsForSure(*consumer_, config_, options_, partition, timeout);
  }
  std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) const override {
    return consumer_->CachedLimits(partition);
  }
  uint64_t FetchedBytes() const override { return consumer_->FetchedBytes(); }
  void Close() override { consumer_->Close(); }

 private:
  const kafka::ClientConfig config_;
  const kafka::Consumer::Options options_;
  std::unique_ptr<kafka::Consumer> consumer_;
  kafka::Batch batch_;  // destroyed before the consumer that its messages came from
};

}  // namespace

SourceFactory KafkaSource(kafka::ClientConfig config, std::string group, size_t fetch_kilobytes,
                          kafka::StatisticsListener on_statistics) {
  kafka::Consumer::Options options;
  options.group = std::move(group);
  options.cooperative = true;
  options.fail_when_out_of_range = true;
  options.fetch_kilobytes = fetch_kilobytes;
  options.on_statistics = std::move(on_statistics);
  return [config = std::move(config), options]() -> Result<std::unique_ptr<Source>> {
    NTSP_ASSIGN(auto consumer, kafka::Consumer::Open(config, options));
    return std::make_unique<ConsumerSource>(config, options, std::move(consumer));
  };
}

}  // namespace ntsp::archive
