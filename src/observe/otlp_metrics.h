// The registry's series as OTLP metrics: the same names and labels as in /metrics, so that one page of docs
// serves both. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace prometheus {
struct MetricFamily;
}

namespace ntsp::observe {

struct OtlpMetrics {
  std::vector<std::string> items;  // one a metric, for RequestJson
  size_t points = 0;
};

// Counters and histograms are cumulative since `start`. Values that are no numbers (NaN) are left out.
OtlpMetrics MetricsJson(const std::vector<prometheus::MetricFamily>& families, Timestamp start,
                        Timestamp now);

}  // namespace ntsp::observe
