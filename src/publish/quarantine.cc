#include "publish/quarantine.h"

#include <algorithm>

namespace ntsp::publish {
namespace {

bool Is(const TopicPartition& partition, const kafka::Message& message) {
  return partition.partition == message.partition && partition.topic == message.topic;
}

}  // namespace

void Quarantine::BatchRefused(const Positions::List& ends, const kafka::Message* alone, const std::string& reason) {
  ++refused_;
  if (one_by_one() && alone != nullptr) {
    condemned_ = Condemned{{std::string(alone->topic), alone->partition}, alone->offset, reason};
  }
  if (!one_by_one() && refused_ >= tries_before_isolation_) suspects_ = ends;
}

void Quarantine::BatchCommitted(const Positions::List& positions) {
  refused_ = 0;
  const auto passed = [&](const auto& suspect) {
    return std::ranges::any_of(
        positions, [&](const auto& p) { return p.first == suspect.first && p.second >= suspect.second; });
  };
  std::erase_if(suspects_, passed);
  const auto condemned_passed = [&](const auto& p) {
    return p.first == condemned_->partition && p.second > condemned_->offset;
  };
  if (condemned_ && std::ranges::any_of(positions, condemned_passed)) condemned_.reset();
}

const std::string* Quarantine::Verdict(const kafka::Message& message) const {
  const bool it_is = condemned_ && condemned_->offset == message.offset && Is(condemned_->partition, message);
  return it_is ? &condemned_->reason : nullptr;
}

void Quarantine::Forget(const std::vector<TopicPartition>& partitions) {
  const auto gone = [&](const TopicPartition& p) { return std::ranges::find(partitions, p) != partitions.end(); };
  std::erase_if(suspects_, [&](const auto& suspect) { return gone(suspect.first); });
  if (condemned_ && gone(condemned_->partition)) condemned_.reset();
}

}  // namespace ntsp::publish
