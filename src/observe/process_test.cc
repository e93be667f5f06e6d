#include "observe/process.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <memory>

namespace ntsp::observe {
namespace {

TEST(ProcessMetrics, shows_memory_files_cpu_start_and_build) {
  Metrics metrics;
  ProcessMetrics process(metrics, "1.2.3", "abc");
  EXPECT_GT(metrics.Sum("process_resident_memory_bytes"), 1e6);
  EXPECT_GE(metrics.Sum("process_open_fds"), 3);
  EXPECT_GT(metrics.Sum("process_cpu_seconds_total"), 0);
  EXPECT_GT(metrics.Sum("process_start_time_seconds"), 1.7e9);
  EXPECT_EQ(metrics.Sum("ntsp_build_info", {{"version", "1.2.3"}, {"revision", "abc"}}), 1);
}

TEST(ProcessMetrics, refresh_sees_what_has_changed) {
  Metrics metrics;
  ProcessMetrics process(metrics, "", "");
  const double files = metrics.Sum("process_open_fds");
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen("/dev/null", "r"), std::fclose);
  process.Refresh();
  EXPECT_EQ(metrics.Sum("process_open_fds"), files + 1);
}

TEST(ProcessMetrics, cpu_time_is_a_counter_and_never_falls) {
  Metrics metrics;
  ProcessMetrics process(metrics, "", "");
  double last = metrics.Sum("process_cpu_seconds_total");
  for (int i = 0; i < 10; ++i) {
    process.Refresh();
    const double now = metrics.Sum("process_cpu_seconds_total");
    EXPECT_GE(now, last);
    last = now;
  }
  EXPECT_THAT(metrics.Text(), testing::HasSubstr("# TYPE process_cpu_seconds_total counter"));
}

}  // namespace
}  // namespace ntsp::observe
