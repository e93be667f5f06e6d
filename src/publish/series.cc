#include "publish/series.h"

#include "publish/metric_table.h"

namespace ntsp::publish {
namespace {

const std::vector<double> kCommitBounds = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

void AddTo(observe::Counter& counter, uint64_t count) {
  if (count > 0) counter.Add(static_cast<double>(count));
}

template <size_t N>
void AddTo(const std::array<observe::Counter*, N>& counters, const std::array<uint64_t, N>& counts) {
  for (size_t i = 0; i < N; ++i) AddTo(*counters[i], counts[i]);
}

std::string DialectLabel(size_t index) {
  return index < kDialectCount ? std::string(DialectName(static_cast<Dialect>(index))) : "none";
}

}  // namespace

Series::Series(observe::Metrics& metrics)
    : batches_committed(metrics.GetCounter(metric::kBatchesCommitted)),
      batches_aborted(metrics.GetCounter(metric::kBatchesAborted)),
      poll_errors(metrics.GetCounter(metric::kPollErrors)),
      lost_offsets(metrics.GetCounter(metric::kLost)),
      transaction_seconds(metrics.GetHistogram(metric::kTransactionSeconds, kCommitBounds)),
      commit_seconds(metrics.GetHistogram(metric::kCommitSeconds, kCommitBounds)),
      last_commit(metrics.GetGauge(metric::kLastCommit)),
      metrics_(metrics),
      failed_elements_(metrics.GetCounter(metric::kFailedElements)),
      unreadable_leaves_(metrics.GetCounter(metric::kUnreadableLeaves)),
      bytes_in_(metrics.GetCounter(metric::kBytesIn)),
      bytes_out_(metrics.GetCounter(metric::kBytesOut)) {
  for (size_t i = 0; i < messages_.size(); ++i) {
    messages_[i] = &metrics.GetCounter(metric::kMessages, {{"dialect", DialectLabel(i)}});
  }
  for (const Table table : kTables) {
    const observe::Labels labels = {{"table", std::string(TableName(table))}};
    const auto i = static_cast<size_t>(table);
    records_[i] = &metrics.GetCounter(metric::kRecords, labels);
    output_messages_[i] = &metrics.GetCounter(metric::kOutputMessages, labels);
  }
  for (size_t i = 0; i < dead_letters_.size(); ++i) {
    const std::string kind(RejectName(static_cast<RejectKind>(i)));
    dead_letters_[i] = &metrics.GetCounter(metric::kDeadLetters, {{"kind", kind}});
  }
}

void Series::Add(const Tally& tally) {
  AddTo(messages_, tally.messages);
  AddTo(records_, tally.records);
  AddTo(output_messages_, tally.output_messages);
  AddTo(dead_letters_, tally.dead_letters);
  AddTo(failed_elements_, tally.failed_elements);
  AddTo(unreadable_leaves_, tally.unreadable_leaves);
  AddTo(bytes_in_, tally.bytes_in);
  AddTo(bytes_out_, tally.bytes_out);
}

observe::Gauge& Series::Lag(const TopicPartition& partition) {
  return metrics_.GetGauge(
      metric::kLag, {{"topic", partition.topic}, {"partition", std::to_string(partition.partition.value)}});
}

void Series::Rebalanced(const char* change) {
  metrics_.GetCounter(metric::kRebalances, {{"change", change}}).Add();
}

}  // namespace ntsp::publish
