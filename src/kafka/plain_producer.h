// A producer without a consumer behind it: for `ntsp simulate` and whatever else only writes.
#pragma once

#include <memory>

#include "base/result.h"
#include "kafka/client_config.h"
#include "kafka/producer.h"

namespace ntsp::kafka {

// Idempotent: while it lives each message is delivered once and in order, or an error is told. Belongs to one
// thread.
class PlainProducer {
 public:
  static Result<std::unique_ptr<PlainProducer>> Open(const ClientConfig& config,
                                                     const ProducerOptions& options);
  ~PlainProducer();

  // Copies the message; waits while the queue is full. kReject: larger than the client takes. kRetry: earlier
  // messages could not be delivered.
  Result<void> Produce(const OutgoingMessage& message);
  // Waits until all messages are acknowledged. kRetry if one was not.
  Result<void> Flush();

 private:
  struct Impl;
  explicit PlainProducer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ntsp::kafka
