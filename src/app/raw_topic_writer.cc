#include "app/raw_topic_writer.h"

#include <algorithm>

namespace ntsp::app {

Result<std::unique_ptr<RawTopicWriter>> RawTopicWriter::Open(const Config& config) {
  kafka::ClientConfig client = config.kafka;
  client.client_id += "-simulate";
  // Room for messages that are larger than what ntsp itself writes.
  kafka::ProducerOptions options;
  options.message_max_bytes = std::max<size_t>(config.max_message_bytes, 10'000'000);
  NTSP_ASSIGN(auto producer, kafka::PlainProducer::Open(client, options));
  return std::unique_ptr<RawTopicWriter>(new RawTopicWriter(config.raw_topic, std::move(producer)));
}

Result<void> RawTopicWriter::Write(const SimulatedMessage& message) {
  return producer_->Produce({.topic = topic_, .key = message.key, .value = message.value, .headers = {}});
}

Result<void> RawTopicWriter::Flush() {
  return producer_->Flush();
}

}  // namespace ntsp::app
