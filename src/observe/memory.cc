#include "observe/memory.h"

#include <algorithm>

#include "observe/metric_table.h"
#include "observe/process.h"

namespace ntsp::observe {
namespace {

const char* NameOf(Holder holder) {
  switch (holder) {
    case Holder::kRawMessages:
      return "raw-messages";
    case Holder::kRecords:
      return "records";
    case Holder::kTableMessages:
      return "table-messages";
    case Holder::kWindows:
      return "windows";
    case Holder::kUploads:
      return "uploads";
    case Holder::kProgram:
      return "program";
  }
  return "";
}

Gauge& GaugeOf(Metrics& metrics, Holder holder) {
  return metrics.GetGauge(metric::kMemory, {{"holder", NameOf(holder)}});
}

}  // namespace

HeldMemory::HeldMemory(Metrics& metrics, Holder holder) : gauge_(GaugeOf(metrics, holder)) {}

void HeldMemory::Is(uint64_t bytes) {
  gauge_.Add(static_cast<double>(bytes) - static_cast<double>(bytes_));
  bytes_ = bytes;
}

MemoryMetrics::MemoryMetrics(Metrics& metrics, uint64_t limit_bytes)
    : metrics_(metrics), program_(GaugeOf(metrics, Holder::kProgram)) {
  metrics.GetGauge(metric::kMemoryLimit).Set(static_cast<double>(limit_bytes));
  Refresh();
}

void MemoryMetrics::Refresh() {
  const double held = metrics_.Sum(metric::kMemory.name) - program_.Value();
  program_.Set(std::max(0.0, static_cast<double>(ResidentBytes()) - held));
}

}  // namespace ntsp::observe
