#include "kafka/plain_producer.h"

#include "kafka/outbox.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kMessageTimeout{30'000};
constexpr milliseconds kFlushLimit{35'000};

}  // namespace

struct PlainProducer::Impl {
  std::unique_ptr<Outbox> outbox;
};

PlainProducer::PlainProducer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PlainProducer::~PlainProducer() = default;

Result<std::unique_ptr<PlainProducer>> PlainProducer::Open(const ClientConfig& config,
                                                           const ProducerOptions& options) {
  NTSP_ASSIGN(auto outbox, Outbox::Open(config, options, Sending::kSoon,
                                        {{"message.timeout.ms", std::to_string(kMessageTimeout.count())}}));
  return std::unique_ptr<PlainProducer>(new PlainProducer(std::make_unique<Impl>(Impl{std::move(outbox)})));
}

Result<void> PlainProducer::Produce(const OutgoingMessage& message) {
  return impl_->outbox->Produce(message);
}

Result<void> PlainProducer::Flush() {
  const bool all = impl_->outbox->Flush(kFlushLimit);
  const DeliveryFailure failure = impl_->outbox->TakeFailure();
  if (failure.any) return Retry(failure.reason);
  if (!all) return Retry("The brokers do not acknowledge the messages.");
  return {};
}

}  // namespace ntsp::kafka
