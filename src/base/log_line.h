// How one line of the log looks. Pure; log.cc decides which lines are written and where.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/log.h"
#include "base/time.h"

namespace ntsp::log {

// What a caller of Write said, and when. Borrows everything; lives for one call.
struct Line {
  Timestamp time;
  Level level = Level::kInfo;
  std::string_view event;
  std::string_view message;
  Fields fields;
  uint64_t suppressed = 0;  // lines of this event that were not written since the last one that was
  std::string_view trace_id = {}, span_id = {};  // SetTrace
};

// One JSON object without a line break: ts, level, event, message, the fields, suppressed, trace_id and
// span_id (if any), service, version.
std::string JsonLine(const Line& line, const Options& options);

// "2026-11-23T15:04:05.678901Z WARN  batch-aborted: message  name=value …", always one line. `colour` adds
// terminal colours by level.
std::string TextLine(const Line& line, bool colour);

}  // namespace ntsp::log
