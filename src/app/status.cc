#include "app/status.h"

#include <array>
#include <vector>

#include "app/version.h"
#include "base/json_text.h"
#include "model/column.h"

namespace ntsp::app {
namespace {

// Counter names → keys of the answer. docs/operations.md says what each counts.
struct Counted {
  std::string_view key;
  const char* metric;
};
constexpr std::array kCounters = {
    Counted{"messages", "ntsp_publish_messages_total"},
    Counted{"records", "ntsp_publish_records_total"},
    Counted{"dead_letters", "ntsp_publish_dead_letters_total"},
    Counted{"dropped", "ntsp_publish_drops_total"},
    Counted{"batches_committed", "ntsp_publish_batches_committed_total"},
    Counted{"batches_aborted", "ntsp_publish_batches_aborted_total"},
    Counted{"lag_messages", "ntsp_publish_lag_messages"},
    Counted{"archived_rows", "ntsp_archive_rows_total"},
    Counted{"archived_objects", "ntsp_archive_objects_total"},
    Counted{"archived_bytes", "ntsp_archive_uploaded_bytes_total"},
    Counted{"store_failures", "ntsp_archive_store_failures_total"},
    Counted{"archive_lag_messages", "ntsp_archive_lag_messages"},
    Counted{"alerts", "ntsp_alert_notifications_total"},
};

std::string Counters(const observe::Metrics& metrics) {
  JsonObject counters;
  for (const Counted& counted : kCounters) counters.Number(counted.key, metrics.Sum(counted.metric));
  return std::move(counters).Finish();
}

std::string RecordsByTable(const observe::Metrics& metrics) {
  JsonObject tables;
  for (const Table table : kTables) {
    const std::string name(TableName(table));
    tables.Number(name, metrics.Sum("ntsp_publish_records_total", {{"table", name}}));
  }
  return std::move(tables).Finish();
}

}  // namespace

std::string StatusJson(const Status& status) {
  std::vector<std::string_view> stages;
  if (status.normalizes) stages.push_back("normalize");
  if (status.archives) stages.push_back("archive");
  JsonObject json;
  json.Text("service", status.config.service_name)
      .Text("version", Version())
      .Text("instance", status.config.instance_id)
      .Number("uptime_seconds", std::chrono::duration<double>(status.uptime).count())
      .Texts("stages", stages)
      .Text("archive", status.config.archive_uri)
      .Raw("health", status.ready.body)
      .Raw("counters", Counters(status.metrics))
      .Raw("records", RecordsByTable(status.metrics));
  return std::move(json).Finish();
}

std::string_view StatusPage() {
  return R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>ntsp</title>
<h1>ntsp: network telemetry stream processor</h1>
<ul>
<li><a href="/api/status">/api/status</a>: version, stages, health and counters, as JSON
<li><a href="/metrics">/metrics</a>: for Prometheus
<li><a href="/livez">/livez</a>, <a href="/healthz">/healthz</a>: whether the process should be left alone
<li><a href="/readyz">/readyz</a>: whether it does its work, and what it waits for
</ul>
</html>
)";
}

}  // namespace ntsp::app
