// The series of stage 1; metric_table.h declares them.
#pragma once

#include <array>
#include <string>

#include "base/types.h"
#include "observe/metrics.h"
#include "publish/tally.h"

namespace ntsp::publish {

// Looked up once a worker; all workers add to the same series. `metrics` must outlive it.
class Series {
 public:
  explicit Series(observe::Metrics& metrics);

  void Add(const Tally& tally);
  observe::Gauge& Lag(const TopicPartition& partition);
  // `change`: "assigned", "revoked" or "lost".
  void Rebalanced(const char* change);

  observe::Counter& batches_committed;
  observe::Counter& batches_aborted;
  observe::Counter& poll_errors;
  observe::Counter& lost_offsets;
  observe::Histogram& transaction_seconds;
  observe::Histogram& commit_seconds;
  observe::Gauge& last_commit;  // seconds since the epoch

 private:
  observe::Metrics& metrics_;
  std::array<observe::Counter*, kDialectCount + 1> messages_;
  std::array<observe::Counter*, kTableCount> records_;
  std::array<observe::Counter*, kTableCount> output_messages_;
  std::array<observe::Counter*, kRejectKindCount> dead_letters_;
  observe::Counter& failed_elements_;
  observe::Counter& unreadable_leaves_;
  observe::Counter& bytes_in_;
  observe::Counter& bytes_out_;
};

}  // namespace ntsp::publish
