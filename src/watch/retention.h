// How much of the time, or room, that a topic keeps messages for is used up by messages that still have to be
// read. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/time.h"
#include "watch/stall_ladder.h"

namespace ntsp::watch {

// As the topic's configuration says; absent: no limit.
struct Retention {
  std::optional<std::chrono::milliseconds> time;
  std::optional<int64_t> bytes;  // of a partition
};

// Warn above the one; it is over below the other, so that it does not come and go.
inline constexpr double kRetentionRisk = 0.5, kRetentionSafe = 0.4;

// 0: nothing is waiting; 1: the broker deletes the next message any moment. `first`: the Kafka timestamp of
// the oldest message that is not done with, or an earlier time; absent: not known. A limit of bytes is judged
// by offsets, and only where the log has begun to lose its beginning.
double RetentionUsed(const Retention& retention, const Standing& standing, std::optional<Timestamp> first,
                     Timestamp now);

// "52 % of the 24 hours that the topic keeps messages are used up".
std::string RetentionText(const Retention& retention, double used);

// Where the settings of topics are known. Thread-safe.
class Retentions {
 public:
  virtual ~Retentions() = default;
  virtual std::optional<Retention> Of(const std::string& topic) const = 0;  // absent: not known (yet)
};

}  // namespace ntsp::watch
