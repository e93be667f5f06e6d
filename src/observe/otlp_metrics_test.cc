#include "observe/otlp_metrics.h"

#include <gmock/gmock.h>
#include <prometheus/metric_family.h>

#include <limits>

#include "observe/metrics.h"

namespace ntsp::observe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

OtlpMetrics JsonOf(const Metrics& metrics) {
  return MetricsJson(metrics.Collect(), Timestamp{1}, Timestamp{2});
}

TEST(OtlpMetrics, a_counter_is_a_monotonic_sum) {
  Metrics metrics;
  metrics.GetCounter("ntsp_x_bytes_total", "X.", {{"table", "node"}}).Add(2);
  EXPECT_THAT(
      JsonOf(metrics).items,
      ElementsAre(R"({"name":"ntsp_x_bytes_total","description":"X.","unit":"By","sum":{"dataPoints":[)"
                  R"({"attributes":[{"key":"table","value":{"stringValue":"node"}}],)"
                  R"("startTimeUnixNano":"1000","timeUnixNano":"2000","asDouble":2}],)"
                  R"("aggregationTemporality":2,"isMonotonic":true}})"));
}

TEST(OtlpMetrics, a_gauge_is_a_gauge) {
  Metrics metrics;
  metrics.GetGauge("ntsp_g", "G.").Set(-1.5);
  EXPECT_THAT(JsonOf(metrics).items,
              ElementsAre(R"({"name":"ntsp_g","description":"G.","unit":"1","gauge":{"dataPoints":[)"
                          R"({"attributes":[],"startTimeUnixNano":"1000","timeUnixNano":"2000",)"
                          R"("asDouble":-1.5}]}})"));
}

TEST(OtlpMetrics, a_histogram_counts_between_its_bounds) {
  Metrics metrics;
  Histogram& histogram = metrics.GetHistogram("ntsp_h_seconds", "H.", {0.5, 2});
  for (const double value : {0.25, 1.0, 1.0, 4.0}) histogram.Observe(value);
  EXPECT_THAT(
      JsonOf(metrics).items,
      ElementsAre(
          R"({"name":"ntsp_h_seconds","description":"H.","unit":"s","histogram":{"dataPoints":[)"
          R"({"attributes":[],"startTimeUnixNano":"1000","timeUnixNano":"2000","count":"4","sum":6.25,)"
          R"("bucketCounts":["1","2","1"],"explicitBounds":[0.5,2]}],"aggregationTemporality":2}})"));
}

TEST(OtlpMetrics, points_are_counted_and_values_that_are_no_numbers_left_out) {
  Metrics metrics;
  metrics.GetGauge("ntsp_g", "G.").Set(std::numeric_limits<double>::quiet_NaN());
  EXPECT_THAT(JsonOf(metrics).items, IsEmpty());
  metrics.GetCounter("ntsp_x_total", "X.", {{"a", "1"}}).Add(1);
  metrics.GetCounter("ntsp_x_total", "X.", {{"a", "2"}}).Add(1);
  EXPECT_EQ(JsonOf(metrics).points, 2u);
  EXPECT_EQ(JsonOf(metrics).items.size(), 1u);
}

}  // namespace
}  // namespace ntsp::observe
