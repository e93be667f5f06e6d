// The demo's telemetry: a simulated fabric that produces into the raw topic on a thread of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#include "app/config.h"
#include "app/simulate_command.h"
#include "base/result.h"

namespace ntsp::app {

class DemoSource {
 public:
  // Starts. Trouble is logged: the demo goes on without telemetry.
  DemoSource(const Config& config, const SimulateOptions& options);

  // Thread-safe: messages so far.
  uint64_t count() const { return count_; }
  // Waits until the broker has what was produced.
  void Stop();

 private:
  Result<void> Run(const Config& config, const SimulateOptions& options, const std::stop_token& stop);

  std::atomic<uint64_t> count_ = 0;
  std::jthread thread_;
};

}  // namespace ntsp::app
