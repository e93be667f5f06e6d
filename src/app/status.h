// What the program says of itself over HTTP.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alert/notification.h"
#include "app/config.h"
#include "app/history.h"
#include "app/verdict.h"
#include "archive/events.h"
#include "base/clock.h"
#include "observe/health.h"
#include "observe/metrics.h"
#include "publish/recent.h"

namespace ntsp::app {

struct Status {
  const Config& config;
  const observe::Metrics& metrics;
  observe::HealthReport ready;
  Duration uptime{};
  bool normalizes = false;
  bool archives = false;

  Timestamp now = {};
  Verdict verdict = {};
  const History* history = nullptr;  // null: nothing is known of before
  std::vector<PartitionSeen> normalize_partitions = {}, archive_partitions = {};
  std::vector<alert::Notification> alerts = {};  // that are open
  std::vector<archive::ObjectSeen> objects = {};
  std::vector<publish::DeadLetterSeen> dead_letters = {};
  publish::NodesSummary nodes = {};
  std::span<const Effective> settings = {};  // secrets are hidden already
};

// Most partitions of a stage that are listed, those that are behind most first.
inline constexpr size_t kListedPartitions = 256;
// Most nodes that are listed, those not heard for longest first.
inline constexpr size_t kListedNodes = 50;

// /api/status; docs/operations.md describes its members.
std::string StatusJson(const Status& status);

}  // namespace ntsp::app
