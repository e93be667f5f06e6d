#include "observe/process.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "observe/metric_table.h"

namespace ntsp::observe {
namespace {

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
}

double OpenFiles() {
  std::error_code error;
  double count = 0;
  for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end;
       entry.increment(error)) {
    ++count;
  }
  return count > 0 ? count - 1 : 0;  // without the one that lists them
}

double NowSeconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t size = 0;
  uint64_t resident = 0;
  if (!(statm >> size >> resident)) return 0;
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

ProcessMetrics::ProcessMetrics(Metrics& metrics, const std::string& version, const std::string& revision)
    : resident_bytes_(metrics.GetGauge(metric::kResident)),
      open_files_(metrics.GetGauge(metric::kFiles)),
      cpu_seconds_(metrics.GetCounter(metric::kCpu)) {
  metrics.GetGauge(metric::kStarted).Set(NowSeconds());
  metrics.GetGauge(metric::kBuild, {{"version", version}, {"revision", revision}}).Set(1);
  Refresh();
}

void ProcessMetrics::Refresh() {
  const std::lock_guard lock(mutex_);
  resident_bytes_.Set(static_cast<double>(ResidentBytes()));
  open_files_.Set(OpenFiles());
  cpu_seconds_.Add(CpuSeconds() - cpu_seconds_.Value());
}

}  // namespace ntsp::observe
