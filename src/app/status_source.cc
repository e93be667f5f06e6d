#include "app/status_source.h"

namespace ntsp::app {
namespace {

constexpr Duration kTrend = std::chrono::minutes(5);

std::string Label(const observe::Labels& labels, const char* name) {
  const auto found = labels.find(name);
  return found == labels.end() ? "" : found->second;
}

// `part`: "publish" or "archive", as in the metrics' names.
std::vector<PartitionSeen> Partitions(const observe::Metrics& metrics, const std::string& part,
                                      Timestamp now) {
  const std::string stage = "ntsp_" + part;
  std::map<observe::Labels, double> times;
  for (const auto& [labels, time] : metrics.Values(stage + "_last_progress_timestamp_seconds")) {
    times[labels] = time;
  }
  std::vector<PartitionSeen> partitions;
  for (const auto& [labels, value] : metrics.Values(stage + "_lag_messages")) {
    PartitionSeen seen{Label(labels, "topic"), Label(labels, "partition"), value, std::nullopt};
    if (const auto time = times.find(labels); time != times.end()) {
      seen.idle_seconds = std::max(0.0, static_cast<double>(now.micros) / 1e6 - time->second);
    }
    partitions.push_back(std::move(seen));
  }
  return partitions;
}

std::optional<Duration> SinceCommit(const observe::Metrics& metrics, Timestamp now) {
  const double last = metrics.Sum("ntsp_publish_last_commit_timestamp_seconds");
  if (last <= 0) return std::nullopt;
  return std::chrono::microseconds(now.micros - static_cast<int64_t>(last * 1e6));
}

VerdictInput Evidence(const StatusParts& parts, const Status& status) {
  const Instant now = parts.clock.Now();
  VerdictInput input;
  input.docs = parts.config.docs_url;
  input.uptime = status.uptime;
  input.components = parts.health.Components();
  input.alerts = status.alerts;
  input.message_rate = parts.history.Now(Track::kMessages);
  input.since_message = parts.history.Still(Track::kMessages, now);
  input.since_commit = SinceCommit(parts.metrics, status.now);
  input.lag = parts.history.Now(Track::kLag);
  input.lag_before = parts.history.Before(Track::kLag, kTrend);
  input.archives = status.archives;
  input.archive_max_age = std::chrono::seconds(parts.config.archive_max_age_s);
  input.archive = status.archive_partitions;
  input.normalizes = status.normalizes;
  input.resident_bytes = parts.history.Now(Track::kResidentBytes);
  input.memory_limit_bytes = static_cast<double>(parts.config.memory_limit_mb << 20);
  return input;
}

}  // namespace

Status Look(const StatusParts& parts) {
  Status status{.config = parts.config,
                .metrics = parts.metrics,
                .ready = parts.health.Ready(),
                .uptime = parts.clock.Now() - parts.started,
                .normalizes = parts.normalize != nullptr,
                .archives = parts.archive != nullptr,
                .now = parts.clock.WallTime(),
                .history = &parts.history,
                .alerts = parts.alerts.Open(),
                .settings = parts.settings};
  status.normalize_partitions = Partitions(parts.metrics, "publish", status.now);
  status.archive_partitions = Partitions(parts.metrics, "archive", status.now);
  if (parts.normalize != nullptr) {
    status.dead_letters = parts.normalize->recent().dead_letters.List();
    status.nodes = parts.normalize->recent().nodes.Summary(kListedNodes, status.now);
  }
  if (parts.archive != nullptr) status.objects = parts.archive->events().objects().List();
  status.verdict = Judge(Evidence(parts, status));
  return status;
}

}  // namespace ntsp::app
