#include "app/memory_plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace ntsp::app {
namespace {

constexpr uint64_t kMebibyte = 1024 * 1024;
constexpr uint64_t kLargestRowGroup = 16 * kMebibyte;
constexpr uint64_t kLeastPerArchiveWorker = 16 * kMebibyte;
// More fetched ahead makes nothing faster.
constexpr uint64_t kMostFetched = 32 * kMebibyte;

// What waits to be acknowledged must have room for some messages of the largest size at once.
uint64_t LeastPerNormalizeWorker(const MemoryNeeds& needs) {
  return std::max(uint64_t{6} * kMebibyte, 6 * needs.max_message_bytes);
}

uint64_t LeastMegabytes(const MemoryNeeds& needs) {
  const uint64_t normalize = needs.normalize_workers * LeastPerNormalizeWorker(needs);
  const uint64_t archive = needs.archive_workers * kLeastPerArchiveWorker;
  const bool both = normalize > 0 && archive > 0;
  const uint64_t bytes = both ? 2 * std::max(normalize, archive) : normalize + archive;
  return kFixedMegabytes + (bytes + kMebibyte - 1) / kMebibyte;
}

}  // namespace

MemoryNeeds NeedsOf(const Config& config) {
  return {config.memory_limit_mb, config.normalize_workers,
          config.archive_enabled() ? config.archive_workers : 0, config.max_message_bytes};
}

Result<MemoryPlan> PlanMemory(const MemoryNeeds& needs) {
  if (needs.limit_mb < LeastMegabytes(needs)) {
    return Stop(fmt::format(
        "MEMORY_LIMIT_MB={}: must be at least {} for NORMALIZE_WORKERS={}, ARCHIVE_WORKERS={} and "
        "KAFKA_MAX_MESSAGE_BYTES={}",
        needs.limit_mb, LeastMegabytes(needs), needs.normalize_workers, needs.archive_workers,
        needs.max_message_bytes));
  }
  const uint64_t rest = (needs.limit_mb - kFixedMegabytes) * kMebibyte;
  const uint64_t stages = (needs.normalize_workers > 0 ? 1 : 0) + (needs.archive_workers > 0 ? 1 : 0);
  MemoryPlan plan;
  if (needs.normalize_workers > 0) {
    const uint64_t each = rest / stages / needs.normalize_workers;
    plan.normalize_fetch_kb = std::min(kMostFetched, each / 3) / 1024;
    plan.normalize_produce_kb = each * 2 / 3 / 1024;
  }
  if (needs.archive_workers > 0) {
    const uint64_t each = rest / stages / needs.archive_workers;
    plan.archive_fetch_kb = std::min(kMostFetched, each / 4) / 1024;
    plan.archive_windows_bytes = each / 2;
    plan.archive_window_bytes = each / 8;
    plan.archive_row_group_bytes = std::min(kLargestRowGroup, each / 16);
  }
  return plan;
}

}  // namespace ntsp::app
