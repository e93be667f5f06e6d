// Scratch memory of the tree walk, kept from tree to tree so that it does not allocate. One worker.
#pragma once

#include <cstdint>
#include <vector>

#include "model/sample.h"

namespace ntsp::decode {

struct TreeWork {
  static constexpr uint32_t kNoParent = UINT32_MAX;

  // One object instance of the tree; parents stand before their children.
  struct Instance {
    const Path* path;
    uint32_t parent;
    uint32_t first_leaf = 0, leaf_count = 0;  // in Samples::leaves
    uint32_t first_own = 0, own_count = 0;    // in own_keys
    uint32_t first_key = 0, key_count = 0;    // in Samples::keys, with those of its parents
  };

  std::vector<Instance> instances;
  std::vector<Key> own_keys;
  // Of the instances that are being read, those of the innermost on top: an instance's leaves and keys may
  // stand before and behind the lists in it.
  std::vector<Leaf> open_leaves;
  std::vector<Key> open_keys;

  void Clear() {
    instances.clear();
    own_keys.clear();
    open_leaves.clear();
    open_keys.clear();
  }
};

}  // namespace ntsp::decode
