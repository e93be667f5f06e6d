// The nodes that one raw message names, each once. A node is known by namespace and name.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "normalize/hash_index.h"
#include "normalize/name.h"

namespace ntsp::normalize {

class Nodes {
 public:
  static constexpr uint32_t kNoRow = UINT32_MAX;

  struct Node {
    std::string_view node_namespace;  // empty: none
    std::string_view name;
    uint32_t row = kNoRow;   // of its record; none as long as nothing that mentions it is published
    bool has_facts = false;  // its record says more than that it was heard
    Timestamp latest = kEarliest;
  };

  void Clear() {
    nodes_.clear();
    index_.Clear();
    last_ = 0;
  }

  // The number of the node, a new one if need be. The texts are borrowed.
  uint32_t Find(std::string_view node_namespace, std::string_view name) {
    const auto is_it = [&](uint32_t i) {
      return SameName(nodes_[i].name, name) && SameName(nodes_[i].node_namespace, node_namespace);
    };
    // Neighbours in a message are mostly of one node.
    if (last_ < nodes_.size() && is_it(last_)) return last_;
    const size_t hash =
        std::hash<std::string_view>()(name) * 31 + std::hash<std::string_view>()(node_namespace);
    last_ = index_.Find(hash, is_it);
    if (last_ != HashIndex::kNone) return last_;
    last_ = static_cast<uint32_t>(nodes_.size());
    nodes_.push_back({.node_namespace = node_namespace, .name = name});
    index_.Insert(hash, last_);
    return last_;
  }

  Node& operator[](uint32_t number) { return nodes_[number]; }
  std::vector<Node>& all() { return nodes_; }

 private:
  std::vector<Node> nodes_;
  HashIndex index_;
  uint32_t last_ = 0;
};

}  // namespace ntsp::normalize
