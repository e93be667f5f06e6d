// The metrics of stage 2.
#pragma once

#include "observe/metric.h"

namespace ntsp::archive::metric {

using observe::Metric;
using observe::MetricKind;

inline constexpr Metric kMessages{MetricKind::kCounter, "ntsp_archive_messages_total", "",
                                  "messages read from the tables' topics", ""};
inline constexpr Metric kSkipped{MetricKind::kCounter, "ntsp_archive_messages_skipped_total", "",
                                 "messages there that hold no readable records",
                                 "any: [archive-foreign-message](alerts.md#archive-foreign-message)"};
inline constexpr Metric kWindowsClosed{MetricKind::kCounter, "ntsp_archive_windows_closed_total", "cause",
                                       "windows closed, by cause: bytes, age, memory, shutdown, redo",
                                       "memory more often than bytes and age: raise MEMORY_LIMIT_MB"};
inline constexpr Metric kWindowsDone{MetricKind::kCounter, "ntsp_archive_windows_done_total", "",
                                     "windows stored and committed", ""};
inline constexpr Metric kObjects{MetricKind::kCounter, "ntsp_archive_objects_total", "", "objects stored",
                                 ""};
inline constexpr Metric kRows{MetricKind::kCounter, "ntsp_archive_rows_total", "", "rows in them", ""};
inline constexpr Metric kBytes{MetricKind::kCounter, "ntsp_archive_uploaded_bytes_total", "", "bytes of them",
                               ""};
inline constexpr Metric kUploadSeconds{MetricKind::kHistogram, "ntsp_archive_upload_seconds", "",
                                       "time to store an object", "seconds for objects of few bytes"};
inline constexpr Metric kStoreFailures{
    MetricKind::kCounter, "ntsp_archive_store_failures_total", "", "failed calls of the object store",
    "it rises and no object is stored: [NtspArchiveStoreFailing](prometheus.md#ntsparchivestorefailing)"};
inline constexpr Metric kStoreRetries{MetricKind::kCounter, "ntsp_archive_store_retries_total", "",
                                      "calls of the object store that repeat a failed one", ""};
inline constexpr Metric kUploadsWaiting{
    MetricKind::kGauge, "ntsp_archive_uploads_waiting", "",
    "jobs for the object store that wait for a thread, or for their next try", "it grows: the store is slow"};
inline constexpr Metric kBrokerFailures{MetricKind::kCounter, "ntsp_archive_broker_failures_total", "",
                                        "failed calls of the broker",
                                        "it goes on rising: event `archive-broker-failing` in the log"};
inline constexpr Metric kRefused{MetricKind::kCounter, "ntsp_archive_commits_refused_total", "",
                                 "commits that the broker refused; they are tried again", ""};
inline constexpr Metric kUnknown{MetricKind::kCounter, "ntsp_archive_commits_unknown_total", "",
                                 "commits of unknown outcome; each makes the worker join its group anew", ""};
inline constexpr Metric kLost{MetricKind::kCounter, "ntsp_archive_lost_offsets_total", "",
                              "offsets that retention deleted before they were archived",
                              "any: [NtspArchiveOffsetsLost](prometheus.md#ntsparchiveoffsetslost)"};
inline constexpr Metric kLag{MetricKind::kGauge, "ntsp_archive_lag_messages", "topic, partition",
                             "offsets not archived yet; 1 may be the marker of the last transaction",
                             "it nears what retention keeps"};
inline constexpr Metric kOpenWindows{MetricKind::kGauge, "ntsp_archive_open_windows", "worker",
                                     "windows that hold rows", ""};
inline constexpr Metric kRebalances{
    MetricKind::kCounter, "ntsp_archive_rebalances_total", "change",
    "changes of the consumer group that reached a worker: assigned, revoked, lost (taken away unasked)",
    "many an hour, or any lost: processes come and go, or are too slow to answer the group"};

inline constexpr const Metric* kTable[] = {
    &kMessages, &kSkipped,       &kWindowsClosed, &kWindowsDone,  &kObjects,        &kRows,
    &kBytes,    &kUploadSeconds, &kStoreFailures, &kStoreRetries, &kUploadsWaiting, &kBrokerFailures,
    &kRefused,  &kUnknown,       &kLost,          &kLag,          &kOpenWindows,    &kRebalances};

}  // namespace ntsp::archive::metric
