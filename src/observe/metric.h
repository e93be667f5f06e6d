// A metric as it is declared: /metrics shows name, kind and meaning, docs/metrics.md all of it. Each folder
// has its declarations in one table, so that what is counted and what is written about it are one.
#pragma once

#include <span>

namespace ntsp::observe {

enum class MetricKind { kCounter, kGauge, kHistogram };

struct Metric {
  MetricKind kind;
  const char* name;     // ntsp_<part>_<noun>_<unit>
  const char* labels;   // "topic, partition"; empty: none
  const char* meaning;  // what it counts
  const char* worry;    // when a person should look, and at what; empty: it only explains others
};

using MetricTable = std::span<const Metric* const>;

}  // namespace ntsp::observe
