// The metrics of one partition in one stage, by name: watch/metric_table.h says what each is.
#pragma once

#include "base/types.h"
#include "observe/metrics.h"

namespace ntsp::watch {

enum class Stage { kPublish, kArchive };

// For people: "normalize", "archive".
const char* StageName(Stage stage);

struct PartitionSeries {
  observe::Gauge& last_progress;   // seconds since the epoch
  observe::Gauge& retention_used;  // 0 to 1, and beyond
};
PartitionSeries SeriesOf(observe::Metrics& metrics, Stage stage, const TopicPartition& partition);

struct StageSeries {
  observe::Counter& rejoins;
  observe::Histogram& rebalance_pause;
  observe::Gauge& longest_pause;  // of the process
};
StageSeries SeriesOf(observe::Metrics& metrics, Stage stage);

}  // namespace ntsp::watch
