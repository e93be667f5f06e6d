// A piece of work that is over, as tracing sees it, and who takes it: for parts that know nothing of OTLP.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"

namespace ntsp::observe {

struct Attribute {
  std::string name;
  std::variant<std::string, int64_t, double, bool> value;

  Attribute(std::string n, std::string v) : name(std::move(n)), value(std::move(v)) {}
  Attribute(std::string n, std::string_view v) : name(std::move(n)), value(std::string(v)) {}
  Attribute(std::string n, const char* v) : name(std::move(n)), value(std::string(v)) {}
  Attribute(std::string n, bool v) : name(std::move(n)), value(v) {}
  Attribute(std::string n, double v) : name(std::move(n)), value(v) {}
  template <typename Integer>
  requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>) Attribute(std::string n, Integer v)
      : name(std::move(n)), value(static_cast<int64_t>(v)) {}

  bool operator==(const Attribute&) const = default;
};
using Attributes = std::vector<Attribute>;

// Lower-case hex.
struct SpanContext {
  std::string trace_id;  // 32 digits
  std::string span_id;   // 16 digits
};

// Random ids: the root of a new trace. Thread-safe.
SpanContext NewTrace();

struct Span {
  std::string name;
  SpanContext context;
  Timestamp start, end;
  Attributes attributes;
  std::string error;  // why it failed; empty: it did not
};

// Takes the spans. Thread-safe; returns at once, whatever becomes of the span.
class Tracer {
 public:
  virtual ~Tracer() = default;
  virtual void Ended(const Span& span) = 0;
};

}  // namespace ntsp::observe
