// The metrics of stage 1.
#pragma once

#include "observe/metric.h"

namespace ntsp::publish::metric {

using observe::Metric;
using observe::MetricKind;

inline constexpr Metric kMessages{MetricKind::kCounter, "ntsp_publish_messages_total", "dialect",
                                  "raw messages, by the dialect recognised; none: not recognised",
                                  "no message for 15 minutes: [NtspNoInput](prometheus.md#ntspnoinput)"};
inline constexpr Metric kRecords{MetricKind::kCounter, "ntsp_publish_records_total", "table",
                                 "records published", ""};
inline constexpr Metric kOutputMessages{MetricKind::kCounter, "ntsp_publish_output_messages_total", "table",
                                        "Kafka messages that the records are in", ""};
inline constexpr Metric kDeadLetters{
    MetricKind::kCounter, "ntsp_publish_dead_letters_total", "kind", "messages to the dead letter topic",
    "it rises: [dead letters](operations.md#dead-letters) has an answer to each kind"};
inline constexpr Metric kFailedElements{MetricKind::kCounter, "ntsp_publish_failed_elements_total", "",
                                        "elements of readable messages that could not be processed", ""};
inline constexpr Metric kUnreadableLeaves{
    MetricKind::kCounter, "ntsp_publish_unreadable_leaves_total", "",
    "known leaves whose value could not be read; they are in `extra`",
    "it rises with the load: a device or collector writes another type than expected"};
inline constexpr Metric kDrops{
    MetricKind::kCounter, "ntsp_publish_drops_total", "kind, path",
    "what was recognised and carries nothing for the tables; paths beyond the first 200 are path=other",
    "a path that should fill a column: [mapping.md](mapping.md)"};
inline constexpr Metric kBytesIn{MetricKind::kCounter, "ntsp_publish_bytes_in_total", "",
                                 "bytes of raw values", ""};
inline constexpr Metric kBytesOut{MetricKind::kCounter, "ntsp_publish_bytes_out_total", "",
                                  "bytes of published values", ""};
inline constexpr Metric kBatchesCommitted{MetricKind::kCounter, "ntsp_publish_batches_committed_total", "",
                                          "batches committed", ""};
inline constexpr Metric kBatchesAborted{
    MetricKind::kCounter, "ntsp_publish_batches_aborted_total", "", "batches aborted and done again",
    "more than are committed: [NtspBatchesAborted](prometheus.md#ntspbatchesaborted)"};
inline constexpr Metric kPollErrors{MetricKind::kCounter, "ntsp_publish_poll_errors_total", "",
                                    "polls of the raw topic that failed",
                                    "it goes on rising: event `poll-failed` in the log"};
inline constexpr Metric kLost{MetricKind::kCounter, "ntsp_publish_lost_offsets_total", "",
                              "offsets that retention deleted before they were read",
                              "any: [publish-offsets-lost](alerts.md#publish-offsets-lost)"};
inline constexpr Metric kTransactionSeconds{
    MetricKind::kHistogram, "ntsp_publish_transaction_seconds", "",
    "time from the begin of a batch to the end of its commit: what a record waits for here",
    "much longer than COMMIT_INTERVAL_MS: brokers or CPU are slow"};
inline constexpr Metric kCommitSeconds{
    MetricKind::kHistogram, "ntsp_publish_commit_seconds", "", "time that a commit took",
    "one in a hundred beyond 5 s: [NtspCommitsSlow](prometheus.md#ntspcommitsslow)"};
inline constexpr Metric kLastCommit{
    MetricKind::kGauge, "ntsp_publish_last_commit_timestamp_seconds", "", "when a batch was last committed",
    "it stands still while there is lag: [NtspPublishStuck](prometheus.md#ntsppublishstuck)"};
inline constexpr Metric kLag{MetricKind::kGauge, "ntsp_publish_lag_messages", "topic, partition",
                             "messages of the raw topic not yet processed",
                             "it grows: [NtspPublishBehind](prometheus.md#ntsppublishbehind)"};
inline constexpr Metric kRebalances{
    MetricKind::kCounter, "ntsp_publish_rebalances_total", "change",
    "changes of the consumer group that reached a worker: assigned, revoked, lost (taken away unasked)",
    "many an hour, or any lost: processes come and go, or are too slow to answer the group"};

inline constexpr const Metric* kTable[] = {
    &kMessages,         &kRecords,    &kOutputMessages, &kDeadLetters,        &kFailedElements,
    &kUnreadableLeaves, &kDrops,      &kBytesIn,        &kBytesOut,           &kBatchesCommitted,
    &kBatchesAborted,   &kPollErrors, &kLost,           &kTransactionSeconds, &kCommitSeconds,
    &kLastCommit,       &kLag,        &kRebalances};

}  // namespace ntsp::publish::metric
