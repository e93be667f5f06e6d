#include "app/simulate_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "app/exit_code.h"
#include "app/raw_topic_writer.h"
#include "app/stop_signal.h"

namespace ntsp::app {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

Result<void> Print(const SimulatedMessage& message) {
  if (message.value.find_first_not_of(kBlanks) == std::string::npos) return {};
  std::cout << message.value << '\n';
  if (!std::cout) return Stop("stdout cannot be written");
  return {};
}

Result<uint64_t> ToKafka(const SimulateOptions& options, const Pace& pace, const Config& config) {
  NTSP_ASSIGN(const auto writer, RawTopicWriter::Open(config));
  NTSP_ASSIGN(const uint64_t count, Simulate(options, pace, [&](const SimulatedMessage& message) {
                return writer->Write(message);
              }));
  NTSP_TRY(writer->Flush());
  return count;
}

}  // namespace

Result<uint64_t> Simulate(const SimulateOptions& options, const Pace& pace, const MessageSink& sink) {
  Simulation simulation(options.simulation);
  SimulatedMessage message;
  const Instant start = pace.clock.Now();
  const auto due = [&](double seconds) { return start + Duration(static_cast<int64_t>(seconds * 1e9)); };
  uint64_t count = 0;
  while (!pace.stop() && (options.count == 0 || count < options.count)) {
    const Instant now = pace.clock.Now();
    if (options.seconds > 0 && now >= due(options.seconds)) break;
    const Instant next = options.rate > 0 ? due(static_cast<double>(count) / options.rate) : now;
    if (next > now) {
      pace.pause(next - now);
      continue;
    }
    simulation.Next(pace.clock.WallTime(), message);
    NTSP_TRY(sink(message));
    ++count;
  }
  return count;
}

int SimulateCommand(const SimulateOptions& options, const Config& config) {
  const StopSignal signal;
  const SystemClock clock;
  const auto pause = [&](Duration time) {
    // Rounded up: a pause of nothing would be a busy wait.
    signal.WaitFor(std::clamp(std::chrono::ceil<std::chrono::milliseconds>(time),
                              std::chrono::milliseconds(1), std::chrono::milliseconds(100)));
  };
  const Pace pace{clock, pause, [&] { return signal.Asked(); }};
  const auto count = options.to_stdout ? Simulate(options, pace, Print) : ToKafka(options, pace, config);
  if (!count) {
    std::cerr << count.error().message << '\n';
    return kFailed;
  }
  std::cout.flush();
  std::cerr << fmt::format("{} messages {}\n", *count,
                           options.to_stdout ? "printed" : "produced to " + config.raw_topic);
  return kDone;
}

}  // namespace ntsp::app
