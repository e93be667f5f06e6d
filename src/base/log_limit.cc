#include "base/log_limit.h"

#include <utility>

namespace ntsp::log {

Limit::Window& Limit::Find(std::string_view event, Instant now) {
  const auto found = windows_.find(event);
  if (found != windows_.end()) return found->second;
  return windows_.emplace(std::string(event), Window{now}).first->second;
}

std::optional<uint64_t> Limit::Admit(std::string_view event, Instant now) {
  Window& window = Find(event, now);
  if (now - window.start >= kWindow) {
    window.start = now;
    window.lines = 0;
  }
  if (window.lines == kLines) {
    ++window.suppressed;
    return std::nullopt;
  }
  ++window.lines;
  return std::exchange(window.suppressed, 0);
}

}  // namespace ntsp::log
