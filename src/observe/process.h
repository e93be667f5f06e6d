// What the process itself uses: memory, CPU, open files. Read from /proc.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "observe/metrics.h"

namespace ntsp::observe {

// Resident memory in bytes; 0 if it cannot be read.
uint64_t ResidentBytes();

// The process_* series under the names that Prometheus' own clients use, and ntsp_build_info. Thread-safe;
// `metrics` must outlive it.
class ProcessMetrics {
 public:
  ProcessMetrics(Metrics& metrics, const std::string& version, const std::string& revision);

  // Reads the present values; called at each scrape.
  void Refresh();

 private:
  Gauge& resident_bytes_;
  Gauge& open_files_;
  Counter& cpu_seconds_;
  std::mutex mutex_;  // the counter takes differences
};

}  // namespace ntsp::observe
