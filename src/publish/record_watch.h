// Looks at the records of stage 1, and tells people what they say of the network. What is seen twice, because
// a batch is done again, does no harm: watches keep states, not counts.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "alert/alert.h"
#include "base/clock.h"
#include "base/types.h"
#include "model/record.h"
#include "publish/options.h"

namespace ntsp::publish {

// Not thread-safe. Bounded in memory. Records of one object may come from several partitions, in any order.
class RecordWatch {
 public:
  virtual ~RecordWatch() = default;
  // The records of one raw message of a partition.
  virtual void See(Partition partition, std::span<const Record> records, Instant now) = 0;
  // To be called each few seconds.
  virtual void Tick(Instant now) = 0;
  // The partition goes to another worker. What was seen in it is forgotten: it may be another process's now.
  virtual void Forget(Partition partition) = 0;
};

// All watches that the options ask for; often none. Thread-safe: the workers share it, since the raw topic
// need not be keyed by node.
class RecordWatches {
 public:
  // `alerts` must outlive it.
  RecordWatches(const WatchOptions& options, alert::Reporter& alerts);

  void See(Partition partition, std::span<const Record> records, Instant now);
  void Tick(Instant now);
  void Forget(Partition partition);

 private:
  std::vector<std::unique_ptr<RecordWatch>> watches_;
  std::mutex mutex_;  // of what is in the watches; a worker takes it once a message
};

}  // namespace ntsp::publish
