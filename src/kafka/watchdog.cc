#include "kafka/watchdog.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "base/log.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Late by at most this. The thread looks by itself, so that a step costs no wake-up.
constexpr milliseconds kLongestNap{1'000};

struct Step {
  const char* name;
  steady_clock::time_point since;
  steady_clock::time_point deadline;
};

class Watch {
 public:
  // Never ends: steps may be under way in other threads while the process exits.
  static Watch& Instance() {
    static auto* const watch = new Watch;
    return *watch;
  }

  uint64_t Begin(const char* name) {
    const std::lock_guard lock(mutex_);
    if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
    const auto now = steady_clock::now();
    steps_.emplace(++last_id_, Step{name, now, now + limit_});
    return last_id_;
  }

  void End(uint64_t id) {
    const std::lock_guard lock(mutex_);
    steps_.erase(id);
  }

  void SetLimit(milliseconds limit) {
    const std::lock_guard lock(mutex_);
    limit_ = limit;
  }

  void SetHook(std::function<void(const char*)> hook) {
    const std::lock_guard lock(mutex_);
    hook_ = std::move(hook);
  }

  bool fired() const { return fired_.load(); }

 private:
  [[noreturn]] void Run() {
    for (;;) {
      if (const std::optional<Step> late = Late()) End(*late);
      std::this_thread::sleep_for(Nap());
    }
  }

  std::optional<Step> Late() {
    const std::lock_guard lock(mutex_);
    const auto now = steady_clock::now();
    const auto late =
        std::find_if(steps_.begin(), steps_.end(), [now](auto& s) { return s.second.deadline <= now; });
    if (late == steps_.end()) return std::nullopt;
    return late->second;
  }

  milliseconds Nap() {
    const std::lock_guard lock(mutex_);
    return std::clamp(limit_ / 4, milliseconds(1), kLongestNap);
  }

  [[noreturn]] void End(const Step& late) {
    fired_ = true;
    const auto seconds = std::chrono::duration<double>(steady_clock::now() - late.since).count();
    log::Error("watchdog",
               "A step hangs, so the process ends; nothing is lost, the next start goes on where the last "
               "commit was. "
               "If it comes again, look at the brokers.",
               {{"step", late.name}, {"seconds", seconds}});
    std::function<void(const char*)> hook;
    {
      const std::lock_guard lock(mutex_);
      hook = hook_;
    }
    if (hook) hook(late.name);
    ::_exit(Watchdog::kExitCode);
  }

  std::mutex mutex_;
  std::map<uint64_t, Step> steps_;         // guarded by mutex_
  uint64_t last_id_ = 0;                   // guarded by mutex_
  milliseconds limit_{60'000};             // guarded by mutex_
  std::function<void(const char*)> hook_;  // guarded by mutex_
  std::thread thread_;                     // guarded by mutex_
  std::atomic<bool> fired_{false};
};

}  // namespace

Watchdog::Scope::Scope(const char* name) : id_(Watch::Instance().Begin(name)) {}
Watchdog::Scope::~Scope() {
  Watch::Instance().End(id_);
}

bool Watchdog::Fired() {
  return Watch::Instance().fired();
}
void Watchdog::BeforeExit(std::function<void(const char*)> hook) {
  Watch::Instance().SetHook(std::move(hook));
}
void Watchdog::SetLimit(std::chrono::milliseconds limit) {
  Watch::Instance().SetLimit(limit);
}

}  // namespace ntsp::kafka
