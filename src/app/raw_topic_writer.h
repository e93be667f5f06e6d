// Puts simulated messages into the raw topic.
#pragma once

#include <memory>
#include <string>

#include "app/config.h"
#include "app/simulation.h"
#include "base/result.h"
#include "kafka/plain_producer.h"

namespace ntsp::app {

// Not thread-safe. Every message is delivered once and in order while the program lives.
class RawTopicWriter {
 public:
  static Result<std::unique_ptr<RawTopicWriter>> Open(const Config& config);

  // Waits while the client's queue is full.
  Result<void> Write(const SimulatedMessage& message);
  // Waits until the broker has all of them. kRetry if it does not take them.
  Result<void> Flush();

 private:
  RawTopicWriter(std::string topic, std::unique_ptr<kafka::PlainProducer> producer)
      : topic_(std::move(topic)), producer_(std::move(producer)) {}

  const std::string topic_;
  const std::unique_ptr<kafka::PlainProducer> producer_;
};

}  // namespace ntsp::app
