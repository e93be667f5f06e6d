#include "app/metrics_text.h"

#include <fmt/format.h>

#include <string_view>

#include "alert/metric_table.h"
#include "archive/metric_table.h"
#include "observe/metric_table.h"
#include "publish/metric_table.h"
#include "watch/metric_table.h"

namespace ntsp::app {
namespace {

using observe::Metric;
using observe::MetricKind;

const char* KindName(MetricKind kind) {
  switch (kind) {
    case MetricKind::kCounter:
      return "counter";
    case MetricKind::kGauge:
      return "gauge";
    case MetricKind::kHistogram:
      return "histogram";
  }
  return "";
}

// It stands in the name, as Prometheus wants it.
std::string_view Unit(std::string_view name) {
  if (name.ends_with("_total")) name.remove_suffix(sizeof "_total" - 1);
  if (name.ends_with("_timestamp_seconds") || name.ends_with("_start_time_seconds")) return "s since 1970";
  if (name.ends_with("_seconds")) return "s";
  if (name.ends_with("_bytes") || name.find("_bytes_") != std::string_view::npos) return "bytes";
  return "count";
}

std::string Row(const Metric& metric) {
  return fmt::format("| {} | {} | {} | {} | {} | {} |\n", metric.name, KindName(metric.kind), metric.labels,
                     Unit(metric.name), metric.meaning, metric.worry);
}

}  // namespace

std::vector<MetricSection> MetricSections() {
  return {
      {"Stage 1: normalize", "From the raw topic to the tables.", publish::metric::kTable},
      {"Stage 2: archive", "From the tables to Parquet.", archive::metric::kTable},
      {"Partitions", "How each partition gets on, in each stage.", watch::metric::kTable},
      {"Kafka clients",
       "What librdkafka says of each client, every five seconds: `stage` is normalize or archive, `client` "
       "consumer or producer, `worker` the number of the thread.",
       observe::metric::kKafka},
      {"Alerts", "[alerts.md](alerts.md) says what they mean.", alert::metric::kTable},
      {"Export",
       "Logs, spans and metrics over OTLP, if it is switched on; `signal` is logs, traces or metrics.",
       observe::metric::kOtlp},
      {"Process", "", observe::metric::kProcess},
  };
}

std::string MetricsMarkdown() {
  std::string page =
      "# Metrics\n\n"
      "At `/metrics`, in Prometheus' text format; over OTLP under the same names. Counters begin at 0 with "
      "the "
      "process. A histogram\nhas the series `_bucket`, `_sum` and `_count`. The rules of "
      "[prometheus.md](prometheus.md) watch what matters most.\n";
  for (const MetricSection& section : MetricSections()) {
    page += fmt::format("\n## {}\n\n", section.title);
    if (*section.text != '\0') page += fmt::format("{}\n\n", section.text);
    page +=
        "| metric | type | labels | unit | meaning | look at it when |\n| --- | --- | --- | --- | --- | --- "
        "|\n";
    for (const Metric* metric : section.table) page += Row(*metric);
  }
  return page;
}

}  // namespace ntsp::app
