// The three kinds of data that OTLP knows, and their names on the wire (OTLP 1, JSON encoding).
#pragma once

#include <array>
#include <string_view>

namespace ntsp::observe {

enum class Signal { kLogs, kTraces, kMetrics };
inline constexpr std::array kSignals = {Signal::kLogs, Signal::kTraces, Signal::kMetrics};

struct SignalNames {
  std::string_view name;      // label of metrics; also the last part of the path
  std::string_view path;      // below the endpoint
  std::string_view resource;  // envelope: list of resources …
  std::string_view scope;     // … each with a list of scopes …
  std::string_view items;     // … each with a list of items
  std::string_view rejected;  // in the answer: how many items were not taken
};

constexpr SignalNames NamesOf(Signal signal) {
  switch (signal) {
    case Signal::kLogs:
      return {"logs", "/v1/logs", "resourceLogs", "scopeLogs", "logRecords", "rejectedLogRecords"};
    case Signal::kTraces:
      return {"traces", "/v1/traces", "resourceSpans", "scopeSpans", "spans", "rejectedSpans"};
    case Signal::kMetrics:
      return {"metrics", "/v1/metrics", "resourceMetrics", "scopeMetrics", "metrics", "rejectedDataPoints"};
  }
  return {};
}

}  // namespace ntsp::observe
