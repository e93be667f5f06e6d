// Keeps one repeating event from flooding the log.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"

namespace ntsp::log {

// Pure but for its own counts; not thread-safe. Event names are a fixed set, so one entry each is kept for
// ever.
class Limit {
 public:
  static constexpr uint32_t kLines = 10;
  static constexpr Duration kWindow = std::chrono::seconds(10);

  // Nothing if this line of `event` is one too many; else it is to be written, and the number says how many
  // lines of the event were left out since the last written one.
  std::optional<uint64_t> Admit(std::string_view event, Instant now);

 private:
  struct Window {
    Instant start;
    uint32_t lines = 0;
    uint64_t suppressed = 0;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  Window& Find(std::string_view event, Instant now);

  std::unordered_map<std::string, Window, Hash, std::equal_to<>> windows_;
};

}  // namespace ntsp::log
