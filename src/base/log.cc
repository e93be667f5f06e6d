#include "base/log.h"

#include <spdlog/details/os.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/log_limit.h"
#include "base/log_line.h"

namespace ntsp::log {
namespace {

// Where lines go and how they look; constant once made.
struct Output {
  Options options;
  bool colour = false;
  std::shared_ptr<spdlog::logger> logger;
};

spdlog::level::level_enum ToSpdlog(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarn:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::shared_ptr<const Output> MakeOutput(const Options& options, spdlog::sink_ptr sink) {
  auto logger = std::make_shared<spdlog::logger>("ntsp", std::move(sink));
  logger->set_level(ToSpdlog(options.level));
  logger->set_pattern("%v");              // spdlog's patterns do not escape: the line comes ready
  logger->flush_on(spdlog::level::info);  // lines are few, and somebody may follow the file
  const bool colour = options.file.empty() && spdlog::details::os::in_terminal(stderr);
  return std::make_shared<const Output>(Output{options, colour, std::move(logger)});
}

spdlog::sink_ptr StderrSink() {
  return std::make_shared<spdlog::sinks::stderr_sink_mt>();
}

struct State {
  std::mutex mutex;  // guards what follows, not the writing
  std::shared_ptr<const Output> output = MakeOutput(Options(), StderrSink());
  std::shared_ptr<const Tap> tap;
  Limit limit;
};

// Plain bytes: they are never destroyed either.
struct Trace {
  std::array<char, 32> trace_id;
  std::array<char, 16> span_id;
  bool there;

  std::string_view trace() const {
    return there ? std::string_view(trace_id.data(), 32) : std::string_view();
  }
  std::string_view span() const { return there ? std::string_view(span_id.data(), 16) : std::string_view(); }
};
thread_local constinit Trace this_trace{};

// Never destroyed: threads and destructors may log until the very end.
State& TheState() {
  static State* const state = new State;
  return *state;
}

}  // namespace

Result<void> Configure(const Options& options) {
  spdlog::sink_ptr sink;
  try {
    sink = options.file.empty() ? StderrSink()
                                : std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file);
  } catch (const spdlog::spdlog_ex& e) {
    return Stop("LOG_FILE=" + options.file + " cannot be written (" + e.what() +
                "): give a path this user may write, or leave it empty for stderr");
  }
  auto output = MakeOutput(options, std::move(sink));
  State& state = TheState();
  const std::lock_guard lock(state.mutex);
  state.output = std::move(output);
  return {};
}

void SetTap(Tap tap) {
  auto shared = tap ? std::make_shared<const Tap>(std::move(tap)) : nullptr;
  State& state = TheState();
  const std::lock_guard lock(state.mutex);
  state.tap = std::move(shared);
}

void SetTrace(std::string_view trace_id, std::string_view span_id) {
  Trace& trace = this_trace;
  trace.there = trace_id.size() == trace.trace_id.size() && span_id.size() == trace.span_id.size();
  if (!trace.there) return;
  trace_id.copy(trace.trace_id.data(), trace_id.size());
  span_id.copy(trace.span_id.data(), span_id.size());
}

void Write(Level level, std::string_view event, std::string_view message, Fields fields) {
  static const SystemClock clock;
  State& state = TheState();
  std::shared_ptr<const Output> output;
  std::shared_ptr<const Tap> tap;
  std::optional<uint64_t> suppressed;
  {
    const std::lock_guard lock(state.mutex);
    if (level < state.output->options.level) return;
    suppressed = state.limit.Admit(event, clock.Now());
    if (!suppressed) return;
    output = state.output;
    tap = state.tap;
  }
  const Line line{clock.WallTime(), level, event, message, fields, *suppressed, this_trace.trace(),
                  this_trace.span()};
  const bool json = output->options.format == Format::kJson;
  output->logger->log(ToSpdlog(level),
                      json ? JsonLine(line, output->options) : TextLine(line, output->colour));
  if (tap) (*tap)(line);
}

}  // namespace ntsp::log
