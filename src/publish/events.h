// Everything that happens in stage 1 and that somebody may want to know: each event is one function that
// counts, logs and alerts as is due. What belongs to a batch is counted, and alerted, when the batch is
// committed: an aborted batch leaves no trace but the abort itself.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"
#include "base/clock.h"
#include "model/raw_message.h"
#include "model/sample.h"
#include "observe/memory.h"
#include "observe/metrics.h"
#include "publish/batch_span.h"
#include "publish/drop_counts.h"
#include "publish/output_messages.h"
#include "publish/positions.h"
#include "publish/recent.h"
#include "publish/record_watch.h"
#include "publish/series.h"
#include "publish/tally.h"

namespace ntsp::publish {

enum class AbortCause {
  kTrouble,    // the broker, or the way to it
  kMessage,    // the broker refused a message
  kRebalance,  // the partitions belong to somebody else: normal
};

// Belongs to one worker. All arguments must outlive it; `tracer` gets a span a batch, `watches` the records,
// `recent` what people may want to look at; each may be null.
class Events {
 public:
  Events(observe::Metrics& metrics, alert::Reporter& alerts, const Clock& clock, PathLimit& drop_paths,
         observe::Tracer* tracer = nullptr, RecordWatches* watches = nullptr, Recent* recent = nullptr);

  // Of the open batch.
  // No dialect: none was recognised.
  void Received(const RawMessage& raw, std::optional<Dialect> dialect);
  void Dropped(DropKind kind, std::string_view path);
  void LeavesUnreadable(uint64_t count);
  void Published(const OutputMessage& message);
  // `sample`: what failed; `node`: the device it is from; both may be empty. `elements`: how many failed, 0
  // for a whole message.
  void DeadLettered(const RawMessage& raw, const Rejection& why, size_t elements, std::string_view node,
                    std::string_view sample);

  // The end of the batch.
  // `took`: the commit; `open`: all of the batch, from its begin.
  void BatchCommitted(Duration took, Duration open = {});
  // `in_a_row`: how many batches have been aborted since the last commit, this one included.
  void BatchAborted(AbortCause cause, const std::string& reason, int in_a_row);
  const Tally& tally() const { return tally_; }

  // Goes to the watches.
  void Normalized(Partition partition, std::span<const Record> records);
  void Tick();  // each few seconds

  // Beside the batch.
  void PollFailed(const std::string& reason);
  // The batch stays open in the books until it is known.
  void CommitUnknown(const std::string& reason);
  void RewindFailed(const std::string& reason);
  void Isolating(const std::string& reason);
  void Assigned(const std::vector<TopicPartition>& partitions);
  void Revoked(const std::vector<TopicPartition>& partitions, bool lost);
  // Messages [from, to) are gone from the log and were not read.
  void OffsetsLost(const TopicPartition& partition, Offset from, Offset to);
  // The log ends before what was read of it, or is another one from `high` on.
  void LogReplaced(const TopicPartition& partition, Offset position, Offset high);
  void LagIs(const TopicPartition& partition, int64_t messages);
  // Of messages fetched, and of records that wait to be acknowledged.
  void MemoryIs(uint64_t fetched_bytes, uint64_t unsent_bytes);

 private:
  void Discard();
  void AlertDeadLetters();
  void Note(const RawMessage& raw, const Rejection& why, std::string_view node, std::string_view sample);

  Series series_;
  DropCounts drops_;
  alert::Reporter& alerts_;
  const Clock& clock_;
  BatchSpan span_;
  Tally tally_;
  observe::HeldMemory fetched_, unsent_;
  RecordWatches* const watches_;
  Recent* const recent_;
  // Of the open batch.
  std::map<RejectKind, alert::Alert> dead_letters_;  // an example of each kind
  std::deque<DeadLetterSeen> last_dead_letters_;
  NodeNotes nodes_;
  Partition partition_{};  // of the message at hand
  Timestamp received_at_;  // the same
};

}  // namespace ntsp::publish
