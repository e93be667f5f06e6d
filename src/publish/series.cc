#include "publish/series.h"

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
    : batches_committed(metrics.GetCounter("ntsp_publish_batches_committed_total", "Batches committed")),
      batches_aborted(
          metrics.GetCounter("ntsp_publish_batches_aborted_total", "Batches aborted and done again")),
      poll_errors(metrics.GetCounter("ntsp_publish_poll_errors_total", "Polls of the raw topic that failed")),
      lost_offsets(metrics.GetCounter("ntsp_publish_lost_offsets_total",
                                      "Offsets that retention deleted before they were read")),
      commit_seconds(
          metrics.GetHistogram("ntsp_publish_commit_seconds", "Time that a commit took", kCommitBounds)),
      last_commit(
          metrics.GetGauge("ntsp_publish_last_commit_timestamp_seconds", "When a batch was last committed")),
      metrics_(metrics),
      failed_elements_(metrics.GetCounter("ntsp_publish_failed_elements_total",
                                          "Elements of readable messages that could not be processed")),
      unreadable_leaves_(
          metrics.GetCounter("ntsp_publish_unreadable_leaves_total",
                             "Known leaves with a value that could not be read; they are in extra")),
      bytes_in_(metrics.GetCounter("ntsp_publish_bytes_in_total", "Bytes of raw values")),
      bytes_out_(metrics.GetCounter("ntsp_publish_bytes_out_total", "Bytes of published values")) {
  for (size_t i = 0; i < messages_.size(); ++i) {
    messages_[i] =
        &metrics.GetCounter("ntsp_publish_messages_total", "Raw messages, by the dialect recognised",
                            {{"dialect", DialectLabel(i)}});
  }
  for (const Table table : kTables) {
    const observe::Labels labels = {{"table", std::string(TableName(table))}};
    const auto i = static_cast<size_t>(table);
    records_[i] = &metrics.GetCounter("ntsp_publish_records_total", "Records published", labels);
    output_messages_[i] = &metrics.GetCounter("ntsp_publish_output_messages_total",
                                              "Kafka messages the records are in", labels);
  }
  for (size_t i = 0; i < dead_letters_.size(); ++i) {
    dead_letters_[i] =
        &metrics.GetCounter("ntsp_publish_dead_letters_total", "Messages to the dead letter topic, by reason",
                            {{"kind", std::string(RejectName(static_cast<RejectKind>(i)))}});
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
      "ntsp_publish_lag_messages", "Messages of the partition not yet processed",
      {{"topic", partition.topic}, {"partition", std::to_string(partition.partition.value)}});
}

}  // namespace ntsp::publish
