#include "publish/nodes_seen.h"

#include <algorithm>
#include <tuple>

#include "base/utf8.h"

namespace ntsp::publish {
namespace {

constexpr int64_t kMinute = 60'000'000;  // µs

void Merge(NodeHeard& into, const NodeHeard& heard) {
  into.partition = heard.partition;
  into.last = std::max(into.last, heard.last);
  into.messages += heard.messages;
}

}  // namespace

void NodesSeen::Add(const NodesHeard& heard) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, node] : heard) {
    const auto found = nodes_.find(name);
    if (found != nodes_.end()) {
      Merge(found->second, node);
    } else if (nodes_.size() < kMost) {
      nodes_.emplace(name, node);
    } else {
      untracked_ += node.messages;
    }
  }
}

void NodesSeen::Forget(Partition partition) {
  const std::lock_guard lock(mutex_);
  std::erase_if(nodes_, [&](const auto& entry) { return entry.second.partition == partition; });
}

NodesSummary NodesSeen::Summary(size_t most, Timestamp now) const {
  NodesSummary summary;
  const std::lock_guard lock(mutex_);
  summary.count = nodes_.size();
  summary.untracked = untracked_;
  std::vector<const NodesHeard::value_type*> order;
  order.reserve(nodes_.size());
  for (const auto& entry : nodes_) {
    order.push_back(&entry);
    const int64_t age = now.micros - entry.second.last.micros;
    ++(age < kMinute ? summary.minute : age < 5 * kMinute ? summary.five_minutes : summary.longer);
  }
  const size_t shown = std::min(most, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<ptrdiff_t>(shown), order.end(),
                    [](const auto* a, const auto* b) {
                      return std::tie(a->second.last, a->first) < std::tie(b->second.last, b->first);
                    });
  for (size_t i = 0; i < shown; ++i) {
    summary.nodes.push_back({order[i]->first, order[i]->second.last, order[i]->second.messages});
  }
  return summary;
}

void NodeNotes::Heard(std::string_view name, Partition partition, Timestamp received_at) {
  if (seen_ == nullptr) return;
  name = CutUtf8(name, NodesSeen::kLongestName);
  auto found = heard_.find(name);
  if (found == heard_.end()) found = heard_.emplace(std::string(name), NodeHeard()).first;
  found->second.partition = partition;
  found->second.last = std::max(found->second.last, received_at);
  ++found->second.messages;
}

void NodeNotes::Commit() {
  if (!heard_.empty()) seen_->Add(heard_);
  heard_.clear();
}

}  // namespace ntsp::publish
