#include "observe/span.h"

#include <fmt/format.h>

#include <random>

namespace ntsp::observe {

SpanContext NewTrace() {
  thread_local std::mt19937_64 random{(uint64_t{std::random_device{}()} << 32) | std::random_device{}()};
  // Ids of zeros only are not valid.
  return {fmt::format("{:016x}{:016x}", random(), random() | 1), fmt::format("{:016x}", random() | 1)};
}

}  // namespace ntsp::observe
