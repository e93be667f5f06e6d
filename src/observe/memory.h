// Who holds how much of the memory: ntsp_memory_bytes by `holder`, beside ntsp_memory_limit_bytes. Each
// holder tells its own; "program" is the rest of the resident memory: code, libraries, threads, and what the
// allocator has not given back.
#pragma once

#include <cstdint>

#include "observe/metrics.h"

namespace ntsp::observe {

enum class Holder {
  kRawMessages,    // fetched, not processed yet
  kRecords,        // produced, not acknowledged yet
  kTableMessages,  // fetched by the archive, not in a window yet
  kWindows,        // rows and encoded bytes of open windows
  kUploads,        // files that wait for the store
  kProgram,
};

// The part of one thread. What it told last is taken back at its end. Not thread-safe; `metrics` must outlive
// it.
class HeldMemory {
 public:
  HeldMemory(Metrics& metrics, Holder holder);
  ~HeldMemory() { Is(0); }
  HeldMemory(const HeldMemory&) = delete;
  HeldMemory& operator=(const HeldMemory&) = delete;

  void Is(uint64_t bytes);

 private:
  Gauge& gauge_;
  uint64_t bytes_ = 0;
};

// The limit, and the rest. Thread-safe; `metrics` must outlive it.
class MemoryMetrics {
 public:
  MemoryMetrics(Metrics& metrics, uint64_t limit_bytes);
  void Refresh();

 private:
  Metrics& metrics_;
  Gauge& program_;
};

}  // namespace ntsp::observe
