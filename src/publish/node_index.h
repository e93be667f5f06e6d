// Numbers the nodes of one raw message 0, 1, 2, … in the order of first sight. A hash table that keeps its
// memory between messages: std::unordered_map would allocate for each node of each message.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ntsp::publish {

struct NodeName {
  std::string_view space;  // EDA namespace; empty: none
  std::string_view name;

  bool operator==(const NodeName&) const = default;
};

// Belongs to one worker. Borrows the names until Clear.
class NodeIndex {
 public:
  NodeIndex();

  // Constant time; at once if it is the node of the call before.
  uint32_t Number(const NodeName& node);
  // REQUIRES: number was returned since the last Clear.
  const NodeName& Node(uint32_t number) const { return nodes_[number].node; }
  size_t size() const { return nodes_.size(); }
  // Costs as much as there are nodes, not as much as there once were.
  void Clear();

 private:
  struct Entry {
    NodeName node;
    uint64_t hash;
    uint32_t slot;
  };

  uint32_t FindOrAdd(const NodeName& node);
  void Grow();

  std::vector<Entry> nodes_;
  std::vector<uint32_t> slots_;  // open addressing; number + 1, or 0
  uint32_t last_ = 0;
};

}  // namespace ntsp::publish
