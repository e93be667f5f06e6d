// The metrics of the partitions' watch, one set for each stage.
#pragma once

#include "observe/metric.h"

namespace ntsp::watch::metric {

using observe::Metric;
using observe::MetricKind;

inline constexpr const char* kProgressMeaning = "when the partition last had nothing to do or got on";
inline constexpr const char* kUsedMeaning =
    "how much of the topic's retention the oldest message that waits has used up; 1: it is deleted any "
    "moment";
inline constexpr const char* kUsedWorry = "above 0.5: [retention-risk](alerts.md#retention-risk)";
inline constexpr const char* kRejoinsMeaning =
    "times that a worker joined its group anew as a partition was stuck";
inline constexpr const char* kRejoinsWorry = "any: event `partition-stuck` in the log";
inline constexpr const char* kPauseMeaning = "how long a partition stood still through a rebalance";
inline constexpr const char* kLongestMeaning = "the longest of these pauses since the start";

inline constexpr Metric kPublishProgress{MetricKind::kGauge, "ntsp_publish_last_progress_timestamp_seconds",
                                         "topic, partition", kProgressMeaning,
                                         "it stands still: [partition-stuck](alerts.md#partition-stuck)"};
inline constexpr Metric kPublishRetentionUsed{MetricKind::kGauge, "ntsp_publish_retention_used_ratio",
                                              "topic, partition", kUsedMeaning, kUsedWorry};
inline constexpr Metric kPublishRejoins{MetricKind::kCounter, "ntsp_publish_rejoins_total", "",
                                        kRejoinsMeaning, kRejoinsWorry};
inline constexpr Metric kPublishPause{MetricKind::kHistogram, "ntsp_publish_rebalance_pause_seconds", "",
                                      kPauseMeaning, ""};
inline constexpr Metric kPublishLongestPause{
    MetricKind::kGauge, "ntsp_publish_longest_rebalance_pause_seconds", "", kLongestMeaning, ""};

inline constexpr Metric kArchiveProgress{
    MetricKind::kGauge, "ntsp_archive_last_progress_timestamp_seconds", "topic, partition", kProgressMeaning,
    "15 minutes ago, with lag: [NtspArchiveStuck](prometheus.md#ntsparchivestuck)"};
inline constexpr Metric kArchiveRetentionUsed{MetricKind::kGauge, "ntsp_archive_retention_used_ratio",
                                              "topic, partition", kUsedMeaning, kUsedWorry};
inline constexpr Metric kArchiveRejoins{MetricKind::kCounter, "ntsp_archive_rejoins_total", "",
                                        kRejoinsMeaning, kRejoinsWorry};
inline constexpr Metric kArchivePause{MetricKind::kHistogram, "ntsp_archive_rebalance_pause_seconds", "",
                                      kPauseMeaning, ""};
inline constexpr Metric kArchiveLongestPause{
    MetricKind::kGauge, "ntsp_archive_longest_rebalance_pause_seconds", "", kLongestMeaning, ""};

inline constexpr const Metric* kTable[] = {
    &kPublishProgress, &kPublishRetentionUsed, &kPublishRejoins, &kPublishPause, &kPublishLongestPause,
    &kArchiveProgress, &kArchiveRetentionUsed, &kArchiveRejoins, &kArchivePause, &kArchiveLongestPause};

// By stage.
struct StageMetrics {
  const Metric &last_progress, &retention_used, &rejoins, &pause, &longest_pause;
};
inline constexpr StageMetrics kPublish{kPublishProgress, kPublishRetentionUsed, kPublishRejoins,
                                       kPublishPause, kPublishLongestPause};
inline constexpr StageMetrics kArchive{kArchiveProgress, kArchiveRetentionUsed, kArchiveRejoins,
                                       kArchivePause, kArchiveLongestPause};

}  // namespace ntsp::watch::metric
