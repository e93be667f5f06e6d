#include "watch/retention.h"

#include <fmt/format.h>

#include <algorithm>

namespace ntsp::watch {
namespace {

double TimeUsed(std::chrono::milliseconds kept, Timestamp first, Timestamp now) {
  const auto waited = static_cast<double>(now.micros - first.micros) / 1000;
  return std::max(0.0, waited / std::max<double>(1, static_cast<double>(kept.count())));
}

// Old messages leave at the pace at which new ones come, so the place in the log tells how near the end is.
double RoomUsed(const Standing& standing) {
  const auto done = standing.settled ? standing.settled : standing.read_to;
  if (!done || !standing.low || !standing.high || standing.low->value == 0) return 0;
  const auto kept = static_cast<double>(standing.high->value - standing.low->value);
  const auto waiting = static_cast<double>(standing.high->value - done->value);
  return kept <= 0 ? 0 : std::clamp(waiting / kept, 0.0, 1.0);
}

}  // namespace

double RetentionUsed(const Retention& retention, const Standing& standing, std::optional<Timestamp> first,
                     Timestamp now) {
  const double time = retention.time && first ? TimeUsed(*retention.time, *first, now) : 0;
  const double room = retention.bytes ? RoomUsed(standing) : 0;
  return std::max(time, room);
}

std::string RetentionText(const Retention& retention, double used) {
  const double percent = 100 * used;
  if (!retention.time) return fmt::format("{:.0f} % of what the topic keeps is waiting", percent);
  const double hours = static_cast<double>(retention.time->count()) / 3'600'000;
  return fmt::format("{:.0f} % of the {:.3g} hours that the topic keeps messages are used up", percent,
                     hours);
}

}  // namespace ntsp::watch
