#include "watch/rebalance_pause.h"

#include <algorithm>

namespace ntsp::watch {

void RebalancePause::Revoked(const std::vector<TopicPartition>& partitions, Instant now) {
  if (!noticed_) noticed_ = now;
  for (const TopicPartition& partition : partitions) {
    // Given up before anything was read: it has stood still since then.
    const auto awaited = awaited_.find(partition);
    given_up_[partition] = awaited == awaited_.end() ? now : awaited->second.at;
    if (awaited != awaited_.end()) awaited_.erase(awaited);
  }
}

void RebalancePause::Assigned(const std::vector<TopicPartition>& partitions, Instant now) {
  for (const TopicPartition& partition : partitions) {
    const auto own = given_up_.find(partition);
    const bool was_own = own != given_up_.end();
    awaited_[partition] = Begin{was_own ? own->second : noticed_.value_or(now), was_own};
  }
  // What did not come back is another worker's now, for a while that is no pause.
  given_up_.clear();
  noticed_.reset();
}

std::optional<RebalancePause::Pause> RebalancePause::Read(const TopicPartition& partition,
                                                          Timestamp timestamp, Instant now, Timestamp wall) {
  const auto awaited = awaited_.find(partition);
  if (awaited == awaited_.end()) return std::nullopt;
  const Begin begin = awaited->second;
  awaited_.erase(awaited);
  const Duration waited = std::chrono::microseconds(std::max<int64_t>(0, wall.micros - timestamp.micros));
  return Pause{std::min(now - begin.at, waited), begin.own};
}

}  // namespace ntsp::watch
