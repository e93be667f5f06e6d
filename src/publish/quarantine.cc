#include "publish/quarantine.h"

#include <algorithm>

namespace ntsp::publish {
namespace {

bool Is(const TopicPartition& partition, const kafka::Message& message) {
  return partition.partition == message.partition && partition.topic == message.topic;
}

}  // namespace

void Quarantine::BatchRefused(const Positions& positions, const std::string& reason) {
  ++refused_;
  if (one_by_one()) {
    const auto moved = positions.ToCommit();
    if (moved.size() == 1) condemned_ = Condemned{moved.front().first, moved.front().second, reason};
  } else if (refused_ >= tries_before_isolation_) {
    suspects_ = positions.ToCommit();
  }
}

void Quarantine::BatchCommitted(const Positions& positions) {
  refused_ = 0;
  if (suspects_.empty()) return;
  const auto reached = [now = positions.All()](const TopicPartition& partition, Offset next) {
    return std::ranges::any_of(now, [&](const auto& p) { return p.first == partition && p.second >= next; });
  };
  std::erase_if(suspects_, [&](const auto& suspect) { return reached(suspect.first, suspect.second); });
  if (condemned_ && reached(condemned_->partition, condemned_->next)) condemned_.reset();
}

const std::string* Quarantine::Verdict(const kafka::Message& message) const {
  const bool it_is =
      condemned_ && condemned_->next == Next(message.offset) && Is(condemned_->partition, message);
  return it_is ? &condemned_->reason : nullptr;
}

void Quarantine::Forget(const std::vector<TopicPartition>& partitions) {
  const auto gone = [&](const TopicPartition& p) {
    return std::ranges::find(partitions, p) != partitions.end();
  };
  std::erase_if(suspects_, [&](const auto& suspect) { return gone(suspect.first); });
  if (condemned_ && gone(condemned_->partition)) condemned_.reset();
}

}  // namespace ntsp::publish
