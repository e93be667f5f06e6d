// What the program says of itself over HTTP.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "base/clock.h"
#include "observe/health.h"
#include "observe/metrics.h"

namespace ntsp::app {

struct Status {
  const Config& config;
  const observe::Metrics& metrics;
  observe::HealthReport ready;
  Duration uptime{};
  bool normalizes = false;
  bool archives = false;
};

// /api/status: version, uptime, stages, health, counters.
std::string StatusJson(const Status& status);

// /: a page that lists the others.
std::string_view StatusPage();

}  // namespace ntsp::app
