// The program's log: one JSON object a line (or text for a terminal), each with an event name that docs and
// alerts can refer to. Every call is thread-safe and never blocks on a slow reader for longer than the write
// itself.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/result.h"

namespace ntsp::log {

enum class Level { kDebug, kInfo, kWarn, kError };
enum class Format { kJson, kText };

struct Field {
  std::string_view name;
  std::variant<std::string_view, int64_t, uint64_t, double, bool> value;

  Field(std::string_view n, std::string_view v) : name(n), value(v) {}
  Field(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
  Field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
  Field(std::string_view n, bool v) : name(n), value(v) {}
  Field(std::string_view n, double v) : name(n), value(v) {}
  template <typename Integer>
  requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>) Field(std::string_view n, Integer v)
      : name(n) {
    if constexpr (std::is_signed_v<Integer>) {
      value = static_cast<int64_t>(v);
    } else {
      value = static_cast<uint64_t>(v);
    }
  }
};

using Fields = std::initializer_list<Field>;

struct Options {
  Level level = Level::kInfo;
  Format format = Format::kJson;
  std::string file;  // empty: stderr
  std::string service_name = "network-telemetry-processor";
  std::string service_version;
};

// Until it is called, lines of kInfo and above go to stderr as JSON. kStop if the file cannot be opened.
Result<void> Configure(const Options& options);

// `event` is a fixed name in kebab-case ("batch-aborted"), `message` a sentence for a person. Of one event at
// most ten lines are written in ten seconds; the next line that is written says how many were not
// (`suppressed`). Values of fields whose name ends in password, secret, token or key_id's secret never get
// here: callers do not pass them.
void Write(Level level, std::string_view event, std::string_view message, Fields fields = {});

struct Line;  // base/log_line.h

// Gets every line that is written, too, on the thread that writes it: it must be quick and must not log.
// An empty one ends it; a call that is under way may still end after that, so it must own what it uses.
using Tap = std::function<void(const Line&)>;
void SetTap(Tap tap);

// Lines of this thread carry these ids (W3C trace context: 32 and 16 hex digits) until others are given;
// empty: none.
void SetTrace(std::string_view trace_id, std::string_view span_id);

inline void Debug(std::string_view event, std::string_view message, Fields fields = {}) {
  Write(Level::kDebug, event, message, fields);
}
inline void Info(std::string_view event, std::string_view message, Fields fields = {}) {
  Write(Level::kInfo, event, message, fields);
}
inline void Warn(std::string_view event, std::string_view message, Fields fields = {}) {
  Write(Level::kWarn, event, message, fields);
}
inline void Error(std::string_view event, std::string_view message, Fields fields = {}) {
  Write(Level::kError, event, message, fields);
}

}  // namespace ntsp::log
