#include "app/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace ntsp::app {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// A start takes a few seconds; what has not come up by then is in trouble.
constexpr Duration kStartTime = seconds(30);
constexpr Duration kStuck = minutes(2);
constexpr Duration kNoInput = minutes(15);
constexpr double kBehindSeconds = 60;  // of the load
constexpr double kMemoryShare = 0.95;

// Trouble of a part that others report as an alert, too: one finding is enough.
struct Part {
  std::string_view component;
  Level level;
  const char* what;
  const char* docs;
  std::string_view alert;
};
constexpr std::array kParts = {
    Part{"broker", Level::kCritical, "No Kafka broker answers", "operations.md#when-something-fails",
         "publish-failing"},
    Part{"normalize", Level::kCritical, "Stage 1 does not work", "operations.md#when-something-fails",
         "publish-failing"},
    Part{"archive", Level::kCritical, "Stage 2 does not work", "operations.md#when-something-fails",
         "archive-stopped"},
    Part{"store", Level::kCritical, "Objects cannot be stored", "alerts.md#archive-failing",
         "archive-failing"},
    Part{"alert-delivery", Level::kWarning, "Alerts are not delivered",
         "prometheus.md#ntspalertsnotdelivered", ""},
    Part{"otlp", Level::kWarning, "Logs and traces do not arrive", "logfire.md#when-the-receiver-is-away",
         ""},
};

std::string Ago(Duration time) {
  const auto s = std::chrono::duration_cast<seconds>(time).count();
  if (s < 120) return fmt::format("{} s", s);
  return s < 7200 ? fmt::format("{} min", s / 60) : fmt::format("{} h", s / 3600);
}

class Judgement {
 public:
  explicit Judgement(const VerdictInput& input) : in_(input) {}

  Verdict Make() {
    Components();
    Alerts();
    Stage1();
    Stage2();
    Memory();
    std::stable_sort(verdict_.findings.begin(), verdict_.findings.end(),
                     [](const Finding& a, const Finding& b) { return a.level > b.level; });
    Conclude();
    return std::move(verdict_);
  }

 private:
  void Add(Level level, std::string what, std::string text, std::string_view docs) {
    std::string_view base = in_.docs;
    while (base.ends_with('/')) base.remove_suffix(1);
    verdict_.findings.push_back({level, std::move(what), std::move(text), fmt::format("{}/{}", base, docs)});
  }

  bool Ok(std::string_view name) const {
    return std::ranges::all_of(in_.components, [&](const auto& c) { return c.name != name || c.ok; });
  }

  bool Has(std::string_view name) const {
    return std::ranges::any_of(in_.components, [&](const auto& c) { return c.name == name; });
  }

  bool FollowsFromBroker(std::string_view name) const {
    return !Ok("broker") && (name == "normalize" || name == "archive");
  }

  void Components() {
    for (const observe::ComponentHealth& component : in_.components) {
      if (component.ok || FollowsFromBroker(component.name)) continue;
      const auto part = std::ranges::find(kParts, component.name, &Part::component);
      const bool starts = in_.uptime < kStartTime && component.role == observe::Role::kRequired;
      if (part == kParts.end()) {
        Add(Level::kWarning, component.name + " is in trouble", component.text,
            "operations.md#when-something-fails");
      } else {
        Add(starts ? Level::kStarting : part->level, starts ? "Starting" : part->what, component.text,
            part->docs);
      }
    }
  }

  bool Told(const std::string& kind) const {
    return std::ranges::any_of(kParts, [&](const Part& p) { return p.alert == kind && !Ok(p.component); });
  }

  // One finding a kind: six kinds of dead letters are one thing to look at.
  void Alerts() {
    std::map<std::string, std::vector<const alert::Notification*>> by_kind;
    for (const alert::Notification& alert : in_.alerts) {
      if (!Told(alert.kind)) by_kind[alert.kind].push_back(&alert);
    }
    for (const auto& [kind, alerts] : by_kind) AddAlerts(kind, alerts);
  }

  void AddAlerts(const std::string& kind, const std::vector<const alert::Notification*>& alerts) {
    const bool critical = std::ranges::any_of(
        alerts, [](const auto* alert) { return alert->severity == alert::Severity::kCritical; });
    const auto latest = std::ranges::max_element(alerts, {}, &alert::Notification::last_time);
    std::string text = (*latest)->summary;
    if (alerts.size() > 1) text += fmt::format("; and {} more kinds of it", alerts.size() - 1);
    // The alert itself is over when its window has passed.
    if (kind == "archive-failing" && Has("store")) {
      return Add(Level::kWarning, "Objects were not stored", "It works again. " + text, "alerts.md#" + kind);
    }
    Add(critical ? Level::kCritical : Level::kWarning, "Alert: " + kind, std::move(text),
        "alerts.md#" + kind);
  }

  void Stage1() {
    if (!in_.normalizes || !Ok("normalize") || !Ok("broker")) return;
    const Duration silent = in_.since_commit.value_or(in_.uptime);
    if (in_.lag > 0 && silent > kStuck) {
      Add(Level::kCritical, "Nothing is published",
          fmt::format("{:.0f} messages wait, and no batch has been committed for {}.", in_.lag, Ago(silent)),
          "prometheus.md#ntsppublishstuck");
    } else if (in_.lag_before && in_.lag > *in_.lag_before &&
               in_.lag > kBehindSeconds * std::max(in_.message_rate, 1.0)) {
      Add(Level::kWarning, "Stage 1 falls behind",
          fmt::format("{:.0f} messages wait; five minutes ago there were {:.0f}.", in_.lag, *in_.lag_before),
          "prometheus.md#ntsppublishbehind");
    }
    if (in_.since_message && *in_.since_message > kNoInput && in_.lag == 0) {
      Add(Level::kWarning, "No input",
          fmt::format("No raw message has come for {}.", Ago(*in_.since_message)),
          "prometheus.md#ntspnoinput");
    }
  }

  void Stage2() {
    if (!in_.archives || !Ok("archive") || !Ok("store") || !Ok("broker")) return;
    const double limit = std::chrono::duration<double>(2 * in_.archive_max_age + kStuck).count();
    size_t stuck = 0;
    double worst = 0;
    for (const PartitionSeen& partition : in_.archive) {
      if (partition.lag <= 1 || partition.idle_seconds.value_or(0) <= limit) continue;
      ++stuck;
      worst = std::max(worst, *partition.idle_seconds);
    }
    if (stuck == 0) return;
    Add(Level::kCritical, "The archive does not get on",
        fmt::format("{} of its partitions stand still, the longest for {}.", stuck,
                    Ago(seconds(static_cast<int64_t>(worst)))),
        "prometheus.md#ntsparchivestuck");
  }

  void Memory() {
    if (in_.memory_limit_bytes <= 0 || in_.resident_bytes < kMemoryShare * in_.memory_limit_bytes) return;
    Add(Level::kWarning, "Memory is short",
        fmt::format("{:.0f} MiB of MEMORY_LIMIT_MB={:.0f} are in use.", in_.resident_bytes / (1 << 20),
                    in_.memory_limit_bytes / (1 << 20)),
        "operations.md#memory");
  }

  void Conclude() {
    if (!verdict_.findings.empty()) {
      const Finding& worst = verdict_.findings.front();
      verdict_.level = worst.level;
      verdict_.title = worst.what;
      verdict_.text = worst.text;
      return;
    }
    verdict_.title = "Healthy";
    verdict_.text =
        !in_.normalizes      ? "Nothing is in trouble."
        : !in_.since_message ? "No raw message has come since the start."
        : *in_.since_message > kStuck
            ? fmt::format("Nothing waits. The last raw message came {} ago.", Ago(*in_.since_message))
            : std::string("Records flow, and nothing is in trouble.");
  }

  const VerdictInput& in_;
  Verdict verdict_;
};

}  // namespace

std::string_view LevelName(Level level) {
  switch (level) {
    case Level::kOk:
      return "ok";
    case Level::kStarting:
      return "starting";
    case Level::kWarning:
      return "warning";
    case Level::kCritical:
      return "critical";
  }
  return "";
}

Verdict Judge(const VerdictInput& input) {
  return Judgement(input).Make();
}

}  // namespace ntsp::app
