// The Reporter of the running program: one thread that logs and delivers what the others report.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "alert/alert.h"
#include "alert/dispatcher.h"

namespace ntsp::alert {

class AlertService : public Reporter {
 public:
  // The thread runs when it returns. The arguments are the Dispatcher's; the clock must be a real one.
  AlertService(DispatcherOptions options, const Clock& clock, observe::Metrics& metrics,
               observe::Health& health, std::unique_ptr<Delivery> delivery);
  // As Stop with no time: what was not delivered is counted as lost.
  ~AlertService() override;

  // Never blocks on a delivery. After Stop nobody hears it any more.
  void Report(Alert alert) override;

  // The alerts that are not over. Thread-safe.
  std::vector<Notification> Open() { return dispatcher_.Open(); }

  // Logs and delivers what is open, as summaries, and returns when all is out or `limit` has passed (at the
  // latest one Send after it). Thread-safe; only the first call does it, any other returns at once.
  void Stop(Duration limit);

 private:
  void Run();
  void WaitForWork();
  void Drain(Instant deadline);

  const Clock& clock_;
  Dispatcher dispatcher_;

  std::atomic<bool> stop_called_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_.
  bool work_ = false;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace ntsp::alert
