// How long partitions stand still while a group shares them out anew. Pure. Measured to the first message
// that is read: from when this worker gave the partition up, if it was its own before; else from when this
// worker noticed the rebalance (it joined, or gave its own partitions up). Never longer than that message has
// waited, as an idle partition misses nothing. How long a group takes to notice that a process died comes on
// top: that is the session timeout.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/time.h"
#include "base/types.h"

namespace ntsp::watch {

// One for each worker. Not thread-safe.
class RebalancePause {
 public:
  struct Pause {
    Duration length;
    bool own;  // this worker had the partition before
  };

  void Joining(Instant now) { noticed_ = now; }
  void Revoked(const std::vector<TopicPartition>& partitions, Instant now);
  void Assigned(const std::vector<TopicPartition>& partitions, Instant now);
  // Some partition that was assigned has not given a message yet: only then Read has to be called.
  bool Awaits() const { return !awaited_.empty(); }
  // A message of the partition came, written at `timestamp`. Nothing if it is not the first one.
  std::optional<Pause> Read(const TopicPartition& partition, Timestamp timestamp, Instant now,
                            Timestamp wall);

 private:
  struct Begin {
    Instant at;
    bool own;
  };
  std::map<TopicPartition, Instant> given_up_;
  std::map<TopicPartition, Begin> awaited_;
  std::optional<Instant> noticed_;  // since the last assignment
};

}  // namespace ntsp::watch
