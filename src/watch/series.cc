#include "watch/series.h"

#include <string>
#include <vector>

#include "watch/metric_table.h"

namespace ntsp::watch {
namespace {

const metric::StageMetrics& MetricsOf(Stage stage) {
  return stage == Stage::kPublish ? metric::kPublish : metric::kArchive;
}

const std::vector<double> kPauseBounds = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300};

}  // namespace

const char* StageName(Stage stage) {
  return stage == Stage::kPublish ? "normalize" : "archive";
}

PartitionSeries SeriesOf(observe::Metrics& metrics, Stage stage, const TopicPartition& partition) {
  const metric::StageMetrics& of = MetricsOf(stage);
  const observe::Labels labels = {{"topic", partition.topic},
                                  {"partition", std::to_string(partition.partition.value)}};
  return {metrics.GetGauge(of.last_progress, labels), metrics.GetGauge(of.retention_used, labels)};
}

StageSeries SeriesOf(observe::Metrics& metrics, Stage stage) {
  const metric::StageMetrics& of = MetricsOf(stage);
  return {metrics.GetCounter(of.rejoins), metrics.GetHistogram(of.pause, kPauseBounds),
          metrics.GetGauge(of.longest_pause)};
}

}  // namespace ntsp::watch
