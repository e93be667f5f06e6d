// The loop of stage 1. One worker owns all that it needs and is synchronous: poll, process, commit when due.
//
// Promise: each raw message ends in exactly one of records, dead letter (of the whole, or of the elements
// that failed while the others became records) or drop, and becomes visible together with the group's
// position, or not at all. Whatever fails, the answer is the same: abort, go back to the batch's start, do it
// again.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "publish/events.h"
#include "publish/options.h"
#include "publish/positions.h"
#include "publish/processor.h"
#include "publish/quarantine.h"
#include "publish/source.h"
#include "publish/worker_status.h"
#include "watch/partition_watch.h"

namespace ntsp::publish {

class Worker : private kafka::RebalanceListener {
 public:
  // What it talks to; used by the worker's thread, and must outlive the worker.
  struct Parts {
    Source& source;
    kafka::Producer& producer;
    Events& events;
    const Clock& clock;
    WorkerStatus& status;
    watch::PartitionWatch& watch;
  };

  // `number`: which of the instance's workers it is. `dead_letter_bytes`: most that a dead letter may have.
  Worker(const Options& options, int number, size_t dead_letter_bytes, const Parts& parts);

  // Joins the group and works until `stop` is requested; then commits what is open and leaves the group.
  // kStop: nothing gets better without a person. The open batch is never seen then.
  Result<void> Run(std::stop_token stop);
  // One turn of it, once the group is joined. Apart for tests.
  Result<void> Step();

 private:
  std::vector<kafka::Position> OnAssigned(const std::vector<TopicPartition>& partitions) override;
  void OnRevoked(const std::vector<TopicPartition>& partitions, bool lost) override;

  Result<std::span<const kafka::Message>> Poll();
  Result<void> Watch();
  void Complete(watch::Standing& standing) const;
  Result<void> Publish(const kafka::Message& message);
  Result<void> Begin();
  Result<void> Commit();
  Result<void> Abort(AbortCause cause, const std::string& reason);
  Result<void> Ended(const kafka::CommitReport& report, AbortCause cause);
  void Committed(Duration took);
  void Aborted(AbortCause cause, const std::string& reason);
  Result<void> Rewind();
  Result<void> GoOnBehindLost();
  Result<void> Place(const kafka::OutOfRange& lost);
  Result<void> Settle();
  Result<std::vector<kafka::Position>> StoredAfterAll(const Positions::List& next);
  void Pause();
  bool Full() const;
  bool Due() const;
  void ReportLag();
  void NoteReachable(bool heard, bool trouble);

  const Options options_;
  const int number_;
  Source& source_;
  kafka::Producer& producer_;
  Events& events_;
  const Clock& clock_;
  WorkerStatus& status_;
  watch::PartitionWatch& watch_;
  std::stop_token stop_;
  Processor processor_;
  Positions positions_;
  Quarantine quarantine_;

  bool batch_open_ = false;
  Instant batch_began_;
  int aborts_in_a_row_ = 0;
  bool commit_unknown_ = false;          // the broker has to be asked how the last batch ended
  std::vector<kafka::OutOfRange> lost_;  // their positions are gone, and they wait to be told where to go on
  bool rewind_due_ = false;              // nothing may be processed before the consumer is back at positions_
  std::optional<Error> failure_;         // met in a callback, which cannot return it
  Instant lag_reported_;
  Instant trouble_;  // when the last poll failed
};

}  // namespace ntsp::publish
