#include "app/stop_guard.h"

#include <unistd.h>

#include "app/exit_code.h"
#include "base/log.h"

namespace ntsp::app {
namespace {

constexpr Duration kGrace = std::chrono::seconds(2);

}  // namespace

StopGuard::StopGuard(Duration limit)
    : thread_([this, limit](const std::stop_token& over) { Watch(over, limit); }) {}

void StopGuard::Watch(const std::stop_token& over, Duration limit) {
  std::unique_lock lock(mutex_);
  if (wake_.wait_for(lock, over, limit + kGrace, [&] { return over.stop_requested(); })) return;
  log::Error("stop-timed-out", "stopping took too long; ending at once, the next start does the rest",
             {{"limit_seconds", std::chrono::duration<double>(limit).count()}});
  _exit(kWatchdog);
}

}  // namespace ntsp::app
