// `ntsp simulate`
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/config.h"
#include "app/simulation.h"
#include "base/clock.h"
#include "base/result.h"

namespace ntsp::app {

struct SimulateOptions {
  Simulation::Options simulation;
  double rate = 100;       // messages a second; 0: as fast as it goes
  uint64_t count = 0;      // 0: no limit
  double seconds = 0;      // 0: no limit
  bool to_stdout = false;  // a message a line, instead of producing
};

// Empty values and blanks have no line of their own: they are not printed.
int SimulateCommand(const SimulateOptions& options, const Config& config);

// Where simulated messages go.
using MessageSink = std::function<Result<void>(const SimulatedMessage&)>;

// Hands messages to `sink` at the asked rate until count or seconds are reached or `stop()` is true; how
// many. Waits by calling `pause(duration)`, so a test needs no time.
struct Pace {
  const Clock& clock;
  std::function<void(Duration)> pause;
  std::function<bool()> stop;
};
Result<uint64_t> Simulate(const SimulateOptions& options, const Pace& pace, const MessageSink& sink);

}  // namespace ntsp::app
