// docs/metrics.md from the tables of metrics.
#pragma once

#include <string>
#include <vector>

#include "observe/metric.h"

namespace ntsp::app {

struct MetricSection {
  const char* title;
  const char* text;  // what it is about
  observe::MetricTable table;
};

// All metrics of the program, in the order of the page.
std::vector<MetricSection> MetricSections();

std::string MetricsMarkdown();

}  // namespace ntsp::app
