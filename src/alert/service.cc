#include "alert/service.h"

#include <utility>

namespace ntsp::alert {
namespace {

constexpr Duration kPauseWhileStopping = std::chrono::milliseconds(200);

}  // namespace

AlertService::AlertService(DispatcherOptions options, const Clock& clock, observe::Metrics& metrics,
                           observe::Health& health, std::unique_ptr<Delivery> delivery)
    : clock_(clock), dispatcher_(std::move(options), clock, metrics, health, std::move(delivery)) {
  thread_ = std::thread([this] { Run(); });
}

AlertService::~AlertService() {
  Stop(Duration::zero());
}

void AlertService::Report(Alert alert) {
  if (!dispatcher_.Report(std::move(alert))) return;
  const std::lock_guard lock(mutex_);
  work_ = true;
  wake_.notify_one();
}

void AlertService::WaitForWork() {
  const auto due = dispatcher_.NextDue();
  std::unique_lock lock(mutex_);
  const auto called = [this] { return work_ || stopping_; };
  if (due) {
    wake_.wait_for(lock, *due - clock_.Now(), called);
  } else {
    wake_.wait(lock, called);
  }
  work_ = false;
}

void AlertService::Run() {
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    dispatcher_.Step();
    WaitForWork();
  }
}

void AlertService::Drain(Instant deadline) {
  dispatcher_.Flush();
  dispatcher_.Step();
  while (!dispatcher_.delivered_all() && clock_.Now() < deadline) {
    if (!dispatcher_.TryAgain()) std::this_thread::sleep_for(kPauseWhileStopping);
  }
  dispatcher_.Abandon();
}

void AlertService::Stop(Duration limit) {
  // The watchdog may call while the program stops already: it must not wait here.
  if (stop_called_.exchange(true)) return;
  const Instant deadline = clock_.Now() + limit;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_one();
  }
  thread_.join();
  Drain(deadline);  // the thread has ended: its part is ours now
}

}  // namespace ntsp::alert
