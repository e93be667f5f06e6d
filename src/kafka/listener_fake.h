// A listener that remembers what it was told, for tests.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "kafka/consumer.h"

namespace ntsp::kafka {

class RecordingListener : public RebalanceListener {
 public:
  std::vector<Position> OnAssigned(const std::vector<TopicPartition>& partitions) override {
    owned.insert(owned.end(), partitions.begin(), partitions.end());
    return start ? start(partitions) : std::vector<Position>{};
  }

  void OnRevoked(const std::vector<TopicPartition>& partitions, bool lost) override {
    if (last_act) last_act();
    for (const TopicPartition& partition : partitions) std::erase(owned, partition);
    revoked.insert(revoked.end(), partitions.begin(), partitions.end());
    any_lost = any_lost || lost;
  }

  std::function<std::vector<Position>(const std::vector<TopicPartition>&)> start;
  std::function<void()> last_act;  // what the owner still does before it gives up partitions
  std::vector<TopicPartition> owned;
  std::vector<TopicPartition> revoked;
  bool any_lost = false;
};

// Polls until `done`, or for long enough that it will never be; passes each batch on.
inline bool PollUntil(
    Consumer& consumer, const std::function<bool()>& done,
    const std::function<void(const Batch&)>& each = [](const Batch&) {}) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  Batch batch;
  while (!done()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    if (consumer.Poll(std::chrono::milliseconds(50), 100, batch)) each(batch);
  }
  return true;
}

}  // namespace ntsp::kafka
