#include "app/status.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "app/version.h"
#include "base/json_text.h"
#include "base/secret.h"
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

std::string TopicsJson(const Config& config) {
  JsonObject json;
  json.Text("raw", config.raw_topic)
      .Text("node", config.node_topic)
      .Text("interface", config.interface_topic);
  json.Text("address", config.address_topic).Text("dead_letter", config.dead_letter_topic);
  return json.Finish();
}

// A JSON array of what `write` makes of each item.
template <typename Items, typename Write>
std::string Array(const Items& items, const Write& write) {
  std::string json = "[";
  for (const auto& item : items) {
    if (json.size() > 1) json += ',';
    json += write(item);
  }
  return json + ']';
}

std::string Numbers(const std::vector<double>& values) {
  return Array(values, [](double value) {
    std::string json;
    AppendJsonNumber(json, std::round(value * 100) / 100);
    return json;
  });
}

std::string VerdictJson(const Verdict& verdict) {
  const auto finding = [](const Finding& f) {
    JsonObject json;
    json.Text("level", LevelName(f.level)).Text("what", f.what).Text("text", f.text).Text("docs", f.docs);
    return json.Finish();
  };
  JsonObject json;
  json.Text("level", LevelName(verdict.level)).Text("title", verdict.title).Text("text", verdict.text);
  json.Raw("findings", Array(verdict.findings, finding));
  return json.Finish();
}

std::string RatesJson(const History& history) {
  JsonObject rates;
  for (size_t i = 0; i < kTrackCount; ++i) {
    const auto track = static_cast<Track>(i);
    if (IsRate(track)) rates.Number(TrackName(track), history.Now(track));
  }
  return rates.Finish();
}

std::string HistoryJson(const History& history) {
  JsonObject json;
  json.Number("step_seconds", std::chrono::duration<double>(History::kStep).count());
  for (size_t i = 0; i < kTrackCount; ++i) {
    const auto track = static_cast<Track>(i);
    json.Raw(TrackName(track), Numbers(history.Series(track)));
  }
  return json.Finish();
}

std::string PartitionsJson(std::vector<PartitionSeen> partitions) {
  JsonObject json;
  json.Number("count", partitions.size());
  std::ranges::stable_sort(partitions, std::greater<>(), &PartitionSeen::lag);
  if (partitions.size() > kListedPartitions) partitions.resize(kListedPartitions);
  json.Raw("list", Array(partitions, [](const PartitionSeen& partition) {
             JsonObject one;
             one.Text("topic", partition.topic).Text("partition", partition.partition);
             one.Number("lag", partition.lag);
             if (partition.idle_seconds) one.Number("idle_seconds", std::round(*partition.idle_seconds));
             return one.Finish();
           }));
  return json.Finish();
}

std::string AlertsJson(const std::vector<alert::Notification>& alerts, const std::string& docs) {
  return Array(alerts, [&](const alert::Notification& alert) {
    JsonObject json;
    json.Text("kind", alert.kind).Text("fingerprint", alert.fingerprint);
    json.Text("severity", alert::Name(alert.severity)).Text("summary", alert.summary);
    json.Number("count", alert.count).Text("first_time", ToText(alert.first_time));
    json.Text("last_time", ToText(alert.last_time)).Texts("nodes", alert.nodes);
    json.Text("where", alert.where).Text("docs", alert::DocsLink(docs, alert.kind));
    return json.Finish();
  });
}

std::string ObjectsJson(const std::vector<archive::ObjectSeen>& objects) {
  return Array(objects, [](const archive::ObjectSeen& object) {
    JsonObject json;
    json.Text("when", ToText(object.when)).Text("key", object.key);
    json.Number("rows", object.rows).Number("bytes", object.bytes);
    return json.Finish();
  });
}

std::string DeadLettersJson(const std::vector<publish::DeadLetterSeen>& letters) {
  return Array(letters, [](const publish::DeadLetterSeen& letter) {
    JsonObject json;
    json.Text("when", ToText(letter.when)).Text("kind", RejectName(letter.kind));
    json.Text("message", letter.message).Text("where", letter.where).Text("node", letter.node);
    json.Text("sample", letter.sample);
    return json.Finish();
  });
}

std::string NodesJson(const publish::NodesSummary& nodes) {
  JsonObject json;
  json.Number("count", nodes.count).Number("untracked_messages", nodes.untracked);
  json.Number("heard_within_1_min", nodes.minute).Number("heard_within_5_min", nodes.five_minutes);
  json.Number("silent", nodes.longer);
  json.Raw("list", Array(nodes.nodes, [](const publish::NodeSeen& node) {
             JsonObject one;
             one.Text("name", node.name).Text("last", ToText(node.last)).Number("messages", node.messages);
             return one.Finish();
           }));
  return json.Finish();
}

std::string SettingsJson(std::span<const Effective> settings) {
  return Array(settings, [](const Effective& setting) {
    JsonObject json;
    json.Text("name", setting.variable).Text("value", MaskUrls(setting.value));
    json.Flag("default", setting.source == Source::kDefault);
    return json.Finish();
  });
}

std::string MemoryJson(const Status& status) {
  JsonObject json;
  json.Number("resident_bytes", status.metrics.Sum("process_resident_memory_bytes"));
  json.Number("limit_bytes", status.config.memory_limit_mb << 20);
  return json.Finish();
}

void AddLists(const Status& status, JsonObject& json) {
  JsonObject partitions;
  partitions.Raw("normalize", PartitionsJson(status.normalize_partitions));
  partitions.Raw("archive", PartitionsJson(status.archive_partitions));
  json.Raw("partitions", partitions.Finish())
      .Raw("open_alerts", AlertsJson(status.alerts, status.config.docs_url))
      .Raw("recent_objects", ObjectsJson(status.objects))
      .Raw("recent_dead_letters", DeadLettersJson(status.dead_letters))
      .Raw("nodes", NodesJson(status.nodes))
      .Raw("settings", SettingsJson(status.settings));
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
      .Raw("records", RecordsByTable(status.metrics))
      .Text("time", ToText(status.now))
      .Raw("verdict", VerdictJson(status.verdict))
      .Raw("topics", TopicsJson(status.config))
      .Raw("memory", MemoryJson(status));
  if (status.history != nullptr) {
    json.Raw("rates", RatesJson(*status.history)).Raw("history", HistoryJson(*status.history));
  }
  AddLists(status, json);
  return std::move(json).Finish();
}

}  // namespace ntsp::app
