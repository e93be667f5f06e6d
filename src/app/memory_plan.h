// How MEMORY_LIMIT_MB is split among what can grow.
//
//   fixed      kFixedMegabytes for the program, its libraries and their threads
//   the rest   one half each for the two stages; all of it for one that runs alone
//     normalize, per worker: a third may be fetched ahead, two thirds are for what waits to be acknowledged
//     archive, per worker: a quarter is for fetched messages, half for open windows and uploads, a quarter
//     for what encoding and sending takes beside them
//   No worker fetches more than 32 MiB ahead, whatever the limit is.
#pragma once

#include <cstdint>

#include "app/config.h"
#include "base/result.h"

namespace ntsp::app {

inline constexpr uint64_t kFixedMegabytes = 96;

struct MemoryNeeds {
  uint64_t limit_mb = 0;
  uint64_t normalize_workers = 0;  // 0: the stage does not run in this process
  uint64_t archive_workers = 0;
  uint64_t max_message_bytes = 0;
};

// For one worker each; 0 for a stage that does not run.
struct MemoryPlan {
  uint64_t normalize_fetch_kb = 0;
  uint64_t normalize_produce_kb = 0;
  uint64_t archive_fetch_kb = 0;
  uint64_t archive_windows_bytes = 0;
  uint64_t archive_window_bytes = 0;     // encoded, of one window
  uint64_t archive_row_group_bytes = 0;  // of a file, before it is encoded
};

// As both stages need it, the archive's only if it is enabled.
MemoryNeeds NeedsOf(const Config& config);

// Pure. kStop, naming MEMORY_LIMIT_MB and what it must be at least, if a worker would get less than it can
// work with.
Result<MemoryPlan> PlanMemory(const MemoryNeeds& needs);

}  // namespace ntsp::app
