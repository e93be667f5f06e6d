#include "publish/events.h"

#include "base/log.h"
#include "base/utf8.h"

namespace ntsp::publish {
namespace {

constexpr size_t kSampleBytes = 1024;
// One abort is daily business (a rebalance, a broker that restarts); this many without a commit are not.
constexpr int kAbortsToAlert = 3;

std::string Where(const RawMessage& raw) {
  return std::string(raw.topic) + "/" + std::to_string(raw.partition.value) + "@" +
         std::to_string(raw.offset.value);
}

std::string Names(const std::vector<TopicPartition>& partitions) {
  std::string names;
  for (const TopicPartition& tp : partitions) names += (names.empty() ? "" : ",") + ToString(tp);
  return names;
}

}  // namespace

Events::Events(observe::Metrics& metrics, alert::Reporter& alerts, const Clock& clock, PathLimit& drop_paths,
               observe::Tracer* tracer, RecordWatches* watches, Recent* recent)
    : series_(metrics),
      drops_(metrics, drop_paths),
      alerts_(alerts),
      clock_(clock),
      span_(tracer, clock),
      fetched_(metrics, observe::Holder::kRawMessages),
      unsent_(metrics, observe::Holder::kRecords),
      watches_(watches),
      recent_(recent),
      nodes_(recent == nullptr ? nullptr : &recent->nodes) {}

void Events::Received(const RawMessage& raw, std::optional<Dialect> dialect) {
  span_.Open();
  partition_ = raw.partition;
  received_at_ = raw.received_at;
  tally_.bytes_in += raw.value ? raw.value->size() : 0;
  ++tally_.messages[dialect ? static_cast<size_t>(*dialect) : kDialectCount];
}

void Events::MemoryIs(uint64_t fetched_bytes, uint64_t unsent_bytes) {
  fetched_.Is(fetched_bytes);
  unsent_.Is(unsent_bytes);
}

void Events::Dropped(DropKind kind, std::string_view path) {
  drops_.Count(kind, path);
}

void Events::LeavesUnreadable(uint64_t count) {
  tally_.unreadable_leaves += count;
}

void Events::Published(const OutputMessage& message) {
  const auto table = static_cast<size_t>(message.table);
  tally_.records[table] += message.records;
  ++tally_.output_messages[table];
  tally_.bytes_out += message.value.size();
  nodes_.Heard(message.key, partition_, received_at_);
}

void Events::DeadLettered(const RawMessage& raw, const Rejection& why, size_t elements, std::string_view node,
                          std::string_view sample) {
  ++tally_.dead_letters[static_cast<size_t>(why.kind)];
  tally_.failed_elements += elements;
  log::Warn("dead-letter", why.message,
            {{"kind", RejectName(why.kind)},
             {"topic", raw.topic},
             {"partition", raw.partition.value},
             {"offset", raw.offset.value},
             {"node", node}});
  if (recent_ != nullptr) Note(raw, why, node, sample);
  const auto [known, first] = dead_letters_.try_emplace(why.kind);
  if (!first) {
    ++known->second.count;
    return;
  }
  known->second = {.kind = "dead-letter",
                   .severity = alert::Severity::kWarning,
                   .summary = "Input could not be processed (" + std::string(RejectName(why.kind)) +
                              ") and is in the dead letter topic: " + why.message,
                   .sample = std::string(CutUtf8(sample, kSampleBytes)),
                   .node = std::string(node),
                   .where = Where(raw),
                   .reason = std::string(RejectName(why.kind))};
}

// A batch of nothing but dead letters costs no more than its last ones.
void Events::Note(const RawMessage& raw, const Rejection& why, std::string_view node,
                  std::string_view sample) {
  if (last_dead_letters_.size() == Recent::kDeadLetters) last_dead_letters_.pop_front();
  last_dead_letters_.push_back({clock_.WallTime(), why.kind, why.message, Where(raw), std::string(node),
                                std::string(sample.substr(0, Recent::kSampleBytes))});
}

void Events::BatchCommitted(Duration took, Duration open) {
  series_.Add(tally_);
  drops_.Commit();
  series_.batches_committed.Add();
  series_.commit_seconds.Observe(std::chrono::duration<double>(took).count());
  series_.transaction_seconds.Observe(std::chrono::duration<double>(open).count());
  series_.last_commit.Set(static_cast<double>(clock_.WallTime().Millis()) / 1000);
  AlertDeadLetters();
  for (DeadLetterSeen& seen : last_dead_letters_) recent_->dead_letters.Add(std::move(seen));
  nodes_.Commit();
  span_.Committed(tally_, took);
  Discard();
}

void Events::AlertDeadLetters() {
  for (auto& [kind, alert] : dead_letters_) alerts_.Report(std::move(alert));
}

void Events::BatchAborted(AbortCause cause, const std::string& reason, int in_a_row) {
  series_.batches_aborted.Add();
  const bool failed = cause != AbortCause::kRebalance;
  if (failed) {
    log::Warn("batch-aborted", reason, {{"in_a_row", in_a_row}});
  } else {
    log::Info("batch-aborted", reason);
  }
  span_.Aborted(tally_, failed, reason);
  Discard();
  if (!failed || in_a_row < kAbortsToAlert) return;
  alert::Alert alert;
  alert.kind = "publish-failing";
  alert.severity = alert::Severity::kCritical;
  alert.summary = "Nothing could be published in " + std::to_string(in_a_row) +
                  " tries; ntsp goes on trying and nothing is lost. Reason: " + reason;
  alerts_.Report(std::move(alert));
}

void Events::Discard() {
  tally_ = {};
  drops_.Discard();
  dead_letters_.clear();
  last_dead_letters_.clear();
  nodes_.Discard();
}

void Events::Normalized(Partition partition, std::span<const Record> records) {
  if (watches_ != nullptr) watches_->See(partition, records, clock_.Now());
}

void Events::Tick() {
  if (watches_ != nullptr) watches_->Tick(clock_.Now());
}

void Events::PollFailed(const std::string& reason) {
  series_.poll_errors.Add();
  log::Warn("poll-failed", reason);
}

void Events::CommitUnknown(const std::string& reason) {
  log::Warn("commit-unknown", "nobody knows whether the batch is committed; the broker is asked",
            {{"why", reason}});
}

void Events::RewindFailed(const std::string& reason) {
  log::Warn("rewind-failed", reason);
}

void Events::Isolating(const std::string& reason) {
  log::Warn("isolating",
            "The broker keeps refusing the batch; its messages are now published one by one to find the one",
            {{"reason", reason}});
}

void Events::Assigned(const std::vector<TopicPartition>& partitions) {
  series_.Rebalanced("assigned");
  log::Info("partitions-assigned", "This worker now reads these partitions",
            {{"partitions", Names(partitions)}});
}

void Events::Revoked(const std::vector<TopicPartition>& partitions, bool lost) {
  series_.Rebalanced(lost ? "lost" : "revoked");
  log::Info("partitions-revoked",
            lost ? "These partitions were taken away" : "These partitions are given back",
            {{"partitions", Names(partitions)}});
  for (const TopicPartition& partition : partitions) {
    series_.Lag(partition).Set(0);
    if (watches_ != nullptr) watches_->Forget(partition.partition);
    if (recent_ != nullptr) recent_->nodes.Forget(partition.partition);
  }
}

void Events::OffsetsLost(const TopicPartition& partition, Offset from, Offset to) {
  series_.lost_offsets.Add(static_cast<double>(to.value - from.value));
  alert::Alert alert;
  alert.kind = "publish-offsets-lost";
  alert.severity = alert::Severity::kCritical;
  alert.where = ToString(partition) + "@" + std::to_string(from.value);
  alert.summary = std::to_string(to.value - from.value) + " offsets were deleted from " +
                  ToString(partition) + " before they were read; ntsp goes on at " +
                  std::to_string(to.value) + ". The topic's retention must be longer than ntsp can be behind";
  log::Error("publish-offsets-lost", alert.summary,
             {{"partition", ToString(partition)}, {"from", from.value}, {"to", to.value}});
  alerts_.Report(std::move(alert));
}

void Events::LogReplaced(const TopicPartition& partition, Offset position, Offset high) {
  alert::Alert alert;
  alert.kind = "publish-log-replaced";
  alert.severity = alert::Severity::kCritical;
  alert.where = ToString(partition) + "@" + std::to_string(position.value);
  alert.summary = ToString(partition) + " ends at " + std::to_string(high.value) + ", before the position " +
                  std::to_string(position.value) +
                  ": the topic was made anew or lost its end; ntsp reads what is there now";
  log::Error("publish-log-replaced", alert.summary);
  alerts_.Report(std::move(alert));
}

void Events::LagIs(const TopicPartition& partition, int64_t messages) {
  series_.Lag(partition).Set(static_cast<double>(messages));
}

}  // namespace ntsp::publish
