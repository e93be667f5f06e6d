#include "app/demo_source.h"

#include <algorithm>

#include "app/raw_topic_writer.h"
#include "base/clock.h"
#include "base/log.h"

namespace ntsp::app {

DemoSource::DemoSource(const Config& config, const SimulateOptions& options)
    : thread_([this, config, options](const std::stop_token& stop) {
        if (auto done = Run(config, options, stop); !done) {
          log::Error("demo-source-failed", done.error().message);
        }
      }) {}

void DemoSource::Stop() {
  thread_.request_stop();
  thread_.join();
}

Result<void> DemoSource::Run(const Config& config, const SimulateOptions& options,
                             const std::stop_token& stop) {
  const SystemClock clock;
  const auto pause = [](Duration time) {
    std::this_thread::sleep_for(std::min<Duration>(time, std::chrono::milliseconds(50)));
  };
  NTSP_ASSIGN(const auto writer, RawTopicWriter::Open(config));
  const auto write = [&](const SimulatedMessage& message) {
    ++count_;
    return writer->Write(message);
  };
  NTSP_TRY(Simulate(options, {clock, pause, [&] { return stop.stop_requested(); }}, write));
  return writer->Flush();
}

}  // namespace ntsp::app
