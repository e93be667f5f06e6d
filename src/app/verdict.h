// What a person who is woken at night wants to know first: is it healthy, and if not, what to look at. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alert/notification.h"
#include "base/clock.h"
#include "observe/health.h"

namespace ntsp::app {

enum class Level {
  kOk,
  kStarting,  // nothing is wrong yet
  kWarning,   // it works, and somebody should look in working hours
  kCritical,  // somebody should look now
};
std::string_view LevelName(Level level);  // "ok", "starting", "warning", "critical"

struct Finding {
  Level level = Level::kOk;
  std::string what;  // a few words: what is wrong
  std::string text;  // what the part concerned says of it
  std::string docs;  // where it is written what to do: "docs/alerts.md#archive-failing"
};

struct Verdict {
  Level level = Level::kOk;
  std::string title;              // "Healthy", or what is wrong
  std::string text;               // a sentence
  std::vector<Finding> findings;  // the worst first; none if it is healthy
};

// One partition of a stage.
struct PartitionSeen {
  std::string topic, partition;
  double lag = 0;
  std::optional<double> idle_seconds;  // since it last had nothing to do or got on
};

struct VerdictInput {
  std::string docs;  // DOCS_URL
  Duration uptime{};
  std::vector<observe::ComponentHealth> components;
  std::vector<alert::Notification> alerts;  // that are open
  bool normalizes = true;
  double message_rate = 0;
  std::optional<Duration> since_message, since_commit;  // absent: none since the start
  double lag = 0;
  std::optional<double> lag_before;  // five minutes ago
  bool archives = false;
  Duration archive_max_age{};
  std::vector<PartitionSeen> archive;
  double resident_bytes = 0, memory_limit_bytes = 0;
};

Verdict Judge(const VerdictInput& input);

}  // namespace ntsp::app
