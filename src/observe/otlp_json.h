// OTLP in its JSON encoding (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"): lowerCamelCase
// names, 64-bit integers as text, ids in hex, enums as numbers. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/log_line.h"
#include "observe/otlp_signal.h"
#include "observe/span.h"

namespace ntsp::observe {

// Longer texts are cut: one long line must not crowd out a thousand short ones.
inline constexpr size_t kMaxOtlpText = 8 * 1024;

// "nanoseconds since the epoch" as OTLP has them, with its quotes.
std::string UnixNano(Timestamp time);
// A JSON array of KeyValue.
std::string AttributesJson(const Attributes& attributes);

std::string LogRecordJson(const log::Line& line);
std::string SpanJson(const Span& span);

// What stands before and after the items of a request; the same for all requests of a process.
struct Envelope {
  std::string head, tail;
};
Envelope MakeEnvelope(Signal signal, const Attributes& resource, std::string_view version);
// A whole request. REQUIRES: at least one item.
std::string RequestJson(const Envelope& envelope, const std::vector<std::string>& items);

// How many items an answer says were not taken (partial success); 0 if it says nothing of the kind.
uint64_t RejectedItems(Signal signal, std::string_view answer);

}  // namespace ntsp::observe
