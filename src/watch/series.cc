#include "watch/series.h"

#include <string>
#include <vector>

namespace ntsp::watch {
namespace {

struct Names {
  const char* stage;
  const char* last_progress;
  const char* retention_used;
  const char* rejoins;
  const char* pause;
  const char* longest_pause;
};

const Names& NamesOf(Stage stage) {
  static constexpr Names kPublish = {"normalize",
                                     "ntsp_publish_last_progress_timestamp_seconds",
                                     "ntsp_publish_retention_used_ratio",
                                     "ntsp_publish_rejoins_total",
                                     "ntsp_publish_rebalance_pause_seconds",
                                     "ntsp_publish_longest_rebalance_pause_seconds"};
  static constexpr Names kArchive = {"archive",
                                     "ntsp_archive_last_progress_timestamp_seconds",
                                     "ntsp_archive_retention_used_ratio",
                                     "ntsp_archive_rejoins_total",
                                     "ntsp_archive_rebalance_pause_seconds",
                                     "ntsp_archive_longest_rebalance_pause_seconds"};
  return stage == Stage::kPublish ? kPublish : kArchive;
}

const std::vector<double> kPauseBounds = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300};

}  // namespace

const char* StageName(Stage stage) {
  return NamesOf(stage).stage;
}

PartitionSeries SeriesOf(observe::Metrics& metrics, Stage stage, const TopicPartition& partition) {
  const Names& names = NamesOf(stage);
  const observe::Labels labels = {{"topic", partition.topic},
                                  {"partition", std::to_string(partition.partition.value)}};
  return {
      metrics.GetGauge(names.last_progress, "When the partition last got on or had nothing to do", labels),
      metrics.GetGauge(names.retention_used,
                       "How much of the topic's retention the oldest message that waits has used up",
                       labels)};
}

StageSeries SeriesOf(observe::Metrics& metrics, Stage stage) {
  const Names& names = NamesOf(stage);
  return {
      metrics.GetCounter(names.rejoins, "Times that a worker joined its group anew as a partition was stuck"),
      metrics.GetHistogram(names.pause, "How long a partition stood still through a rebalance", kPauseBounds),
      metrics.GetGauge(names.longest_pause, "The longest of these pauses since the start")};
}

}  // namespace ntsp::watch
