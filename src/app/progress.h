// What `ntsp demo` shows while it runs and when it ends. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/column.h"
#include "model/sample.h"
#include "observe/metrics.h"

namespace ntsp::app {

struct Progress {
  double seconds = 0;
  uint64_t simulated = 0;
  double messages = 0;
  std::array<double, kDialectCount> by_dialect{};  // of the messages: those of a known dialect
  std::array<double, kTableCount> records{};
  double dead_letters = 0;
  double lag = 0;
  double archive_lag = 0;
  double files = 0;
  double rows = 0;
  double bytes = 0;
  std::vector<std::string> alerts;  // the newest last
};

Progress ReadProgress(const observe::Metrics& metrics);

// One line; rates since `before`.
std::string ProgressLine(const Progress& now, const Progress& before);

// Always the same number of lines, to be drawn over the last ones.
std::vector<std::string> ProgressScreen(const Progress& now, const Progress& before);

std::string ProgressSummary(const Progress& end, const std::string& directory);

}  // namespace ntsp::app
