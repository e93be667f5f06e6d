#include "app/memory_plan.h"

#include <gmock/gmock.h>

namespace ntsp::app {
namespace {

constexpr uint64_t kMebibyte = 1024 * 1024;

uint64_t Total(const MemoryNeeds& needs, const MemoryPlan& plan) {
  return needs.normalize_workers * (plan.normalize_fetch_kb + plan.normalize_produce_kb) * 1024 +
         needs.archive_workers * (plan.archive_fetch_kb * 1024 + plan.archive_windows_bytes / 2 * 3);
}

TEST(MemoryPlan, never_gives_away_more_than_there_is) {
  for (uint64_t limit : {160, 256, 512, 4096}) {
    for (uint64_t archive : {0, 1, 2}) {
      const MemoryNeeds needs{limit, 2, archive, 1'000'000};
      const auto plan = PlanMemory(needs);
      if (!plan) continue;
      EXPECT_LE(Total(needs, *plan), (limit - kFixedMegabytes) * kMebibyte);
      if (limit > 256) continue;  // what is fetched ahead has a limit of its own
      EXPECT_GT(Total(needs, *plan), (limit - kFixedMegabytes) * kMebibyte * 9 / 10);
    }
  }
}

TEST(MemoryPlan, no_worker_fetches_more_than_32_megabytes_ahead) {
  const MemoryPlan plan = *PlanMemory({4096, 1, 1, 1'000'000});
  EXPECT_EQ(plan.normalize_fetch_kb, 32u * 1024);
  EXPECT_EQ(plan.archive_fetch_kb, 32u * 1024);
}

TEST(MemoryPlan, a_stage_alone_gets_all_of_it) {
  const MemoryPlan both = *PlanMemory({512, 2, 1, 1'000'000});
  const MemoryPlan normalize = *PlanMemory({512, 2, 0, 1'000'000});
  const MemoryPlan archive = *PlanMemory({512, 0, 1, 1'000'000});
  EXPECT_EQ(normalize.normalize_produce_kb / 2, both.normalize_produce_kb);
  EXPECT_EQ(archive.archive_windows_bytes, both.archive_windows_bytes * 2);
  EXPECT_EQ(normalize.archive_windows_bytes, 0u);
  EXPECT_EQ(archive.normalize_fetch_kb, 0u);
}

TEST(MemoryPlan, room_for_the_largest_messages_is_left_at_the_minimum) {
  const auto too_little = PlanMemory({128, 8, 0, 5'000'000});
  ASSERT_FALSE(too_little);
  EXPECT_EQ(too_little.error().message,
            "MEMORY_LIMIT_MB=128: must be at least 325 for NORMALIZE_WORKERS=8, ARCHIVE_WORKERS=0 and "
            "KAFKA_MAX_MESSAGE_BYTES=5000000");
  const auto enough = PlanMemory({325, 8, 0, 5'000'000});
  ASSERT_TRUE(enough);
  EXPECT_GE(enough->normalize_produce_kb * 1024, 3 * 5'000'000u);
}

TEST(MemoryPlan, the_named_minimum_is_enough) {
  const auto too_little = PlanMemory({1, 4, 3, 1'000'000});
  ASSERT_FALSE(too_little);
  const std::string& message = too_little.error().message;
  const uint64_t least = std::stoull(message.substr(message.find("least ") + 6));
  EXPECT_TRUE(PlanMemory({least, 4, 3, 1'000'000}));
  EXPECT_FALSE(PlanMemory({least - 1, 4, 3, 1'000'000}));
}

TEST(MemoryPlan, the_default_limit_is_enough_for_sixteen_cores) {
  EXPECT_TRUE(PlanMemory({512, 16, 1, 1'000'000}));
}

}  // namespace
}  // namespace ntsp::app
