// Finds the message that makes the broker refuse whole batches. A refusal names no message, so after a few
// refused tries of the same batch its messages are published one by one; the one that is refused alone is
// condemned and goes to the dead letter topic instead. Outages and lost rights never condemn a message.
#pragma once

#include <optional>
#include <string>

#include "kafka/consumer.h"
#include "publish/positions.h"

namespace ntsp::publish {

// A pure state machine; belongs to one worker.
class Quarantine {
 public:
  explicit Quarantine(int tries_before_isolation) : tries_before_isolation_(tries_before_isolation) {}

  // The broker refused the batch because of a message in it; `positions` are those at its end.
  void BatchRefused(const Positions& positions, const std::string& reason);
  // A batch went through; `positions` are those at its end.
  void BatchCommitted(const Positions& positions);

  // Each message is to be a batch of its own.
  bool one_by_one() const { return !suspects_.empty(); }
  // Why the message goes to the dead letter topic; null if it does not.
  const std::string* Verdict(const kafka::Message& message) const;

  void Forget(const std::vector<TopicPartition>& partitions);

 private:
  struct Condemned {
    TopicPartition partition;
    Offset next;  // the offset behind it
    std::string reason;
  };

  int tries_before_isolation_;
  int refused_ = 0;           // in a row, of the same batch
  Positions::List suspects_;  // one by one up to here
  std::optional<Condemned> condemned_;
};

}  // namespace ntsp::publish
