#include "observe/otlp_metrics.h"

#include <prometheus/metric_family.h>

#include <cmath>
#include <optional>

#include "base/json_text.h"
#include "observe/otlp_json.h"

namespace ntsp::observe {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr int kCumulative = 2;

struct Times {
  std::string start, now;
};

std::string UnitOf(std::string_view name) {
  if (name.ends_with("_total")) name.remove_suffix(6);
  if (name.ends_with("_seconds")) return "s";
  return name.ends_with("_bytes") ? "By" : "1";
}

JsonObject Point(const ClientMetric& metric, const Times& times) {
  Attributes attributes;
  for (const auto& label : metric.label) attributes.emplace_back(label.name, label.value);
  JsonObject point;
  point.Raw("attributes", AttributesJson(attributes));
  point.Raw("startTimeUnixNano", times.start).Raw("timeUnixNano", times.now);
  return point;
}

std::optional<std::string> NumberPoint(const ClientMetric& metric, double value, const Times& times) {
  if (!std::isfinite(value)) return std::nullopt;
  return Point(metric, times).Number("asDouble", value).Finish();
}

// Prometheus counts up to each bound, OTLP between two bounds; the last bucket has no bound.
std::optional<std::string> HistogramPoint(const ClientMetric& metric, const Times& times) {
  const auto& histogram = metric.histogram;
  if (!std::isfinite(histogram.sample_sum)) return std::nullopt;
  std::string counts = "[", bounds = "[";
  uint64_t below = 0;
  for (const auto& bucket : histogram.bucket) {
    if (counts.size() > 1) counts += ',';
    counts += '"' + std::to_string(bucket.cumulative_count - below) + '"';
    below = bucket.cumulative_count;
    if (!std::isfinite(bucket.upper_bound)) continue;
    if (bounds.size() > 1) bounds += ',';
    AppendJsonNumber(bounds, bucket.upper_bound);
  }
  return Point(metric, times)
      .Raw("count", '"' + std::to_string(histogram.sample_count) + '"')
      .Number("sum", histogram.sample_sum)
      .Raw("bucketCounts", counts + ']')
      .Raw("explicitBounds", bounds + ']')
      .Finish();
}

std::optional<std::string> PointOf(MetricType type, const ClientMetric& metric, const Times& times) {
  switch (type) {
    case MetricType::Counter:
      return NumberPoint(metric, metric.counter.value, times);
    case MetricType::Gauge:
      return NumberPoint(metric, metric.gauge.value, times);
    case MetricType::Histogram:
      return HistogramPoint(metric, times);
    default:
      return std::nullopt;  // kinds that observe/metrics.h does not make
  }
}

std::string MetricJson(const MetricFamily& family, const std::string& points) {
  JsonObject data;
  data.Raw("dataPoints", points);
  if (family.type != MetricType::Gauge) data.Number("aggregationTemporality", kCumulative);
  if (family.type == MetricType::Counter) data.Flag("isMonotonic", true);
  const char* const kind = family.type == MetricType::Counter ? "sum"
                           : family.type == MetricType::Gauge ? "gauge"
                                                              : "histogram";
  JsonObject metric;
  metric.Text("name", family.name).Text("description", family.help).Text("unit", UnitOf(family.name));
  return metric.Raw(kind, data.Finish()).Finish();
}

}  // namespace

OtlpMetrics MetricsJson(const std::vector<MetricFamily>& families, Timestamp start, Timestamp now) {
  OtlpMetrics out;
  const Times times{UnixNano(start), UnixNano(now)};
  for (const MetricFamily& family : families) {
    std::string points = "[";
    for (const ClientMetric& metric : family.metric) {
      const auto point = PointOf(family.type, metric, times);
      if (!point) continue;
      if (points.size() > 1) points += ',';
      points += *point;
      ++out.points;
    }
    if (points.size() > 1) out.items.push_back(MetricJson(family, points + ']'));
  }
  return out;
}

}  // namespace ntsp::observe
