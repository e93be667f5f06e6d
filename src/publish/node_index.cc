#include "publish/node_index.h"

#include <functional>

namespace ntsp::publish {
namespace {

constexpr size_t kFirstSlots = 64;        // a power of two, as is every size
constexpr size_t kMostSlotsKept = 65536;  // more is given back after the message that needed it

uint64_t Hash(const NodeName& node) {
  const std::hash<std::string_view> hash;
  return hash(node.name) + 0x9e3779b97f4a7c15 * hash(node.space);
}

}  // namespace

NodeIndex::NodeIndex() : slots_(kFirstSlots, 0) {}

uint32_t NodeIndex::Number(const NodeName& node) {
  if (last_ < nodes_.size() && nodes_[last_].node == node) return last_;
  last_ = FindOrAdd(node);
  return last_;
}

uint32_t NodeIndex::FindOrAdd(const NodeName& node) {
  if (nodes_.size() * 2 >= slots_.size()) Grow();
  const uint64_t hash = Hash(node);
  const size_t mask = slots_.size() - 1;
  size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = nodes_[slots_[slot] - 1];
    if (entry.hash == hash && entry.node == node) return slots_[slot] - 1;
  }
  nodes_.push_back({node, hash, static_cast<uint32_t>(slot)});
  slots_[slot] = static_cast<uint32_t>(nodes_.size());
  return slots_[slot] - 1;
}

void NodeIndex::Grow() {
  slots_.assign(slots_.size() * 2, 0);
  const size_t mask = slots_.size() - 1;
  for (uint32_t number = 0; number < nodes_.size(); ++number) {
    size_t slot = nodes_[number].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = number + 1;
    nodes_[number].slot = static_cast<uint32_t>(slot);
  }
}

void NodeIndex::Clear() {
  if (slots_.size() > kMostSlotsKept) {
    *this = NodeIndex();
    return;
  }
  for (const Entry& entry : nodes_) slots_[entry.slot] = 0;
  nodes_.clear();
}

}  // namespace ntsp::publish
