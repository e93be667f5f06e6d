// For tests: keeps the spans.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "observe/span.h"

namespace ntsp::observe {

// Not thread-safe.
class TracerFake : public Tracer {
 public:
  void Ended(const Span& span) override { spans.push_back(span); }

  std::vector<Span> spans;
};

// The attribute as text; empty if there is none.
inline std::string Shown(const Span& span, const std::string& name) {
  struct Text {
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return std::to_string(value); }
  };
  for (const Attribute& attribute : span.attributes) {
    if (attribute.name == name) return std::visit(Text(), attribute.value);
  }
  return {};
}

}  // namespace ntsp::observe
