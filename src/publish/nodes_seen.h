// When each node was last heard, and how often: what the status page shows of the network.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "base/types.h"

namespace ntsp::publish {

struct NodeSeen {
  std::string name;
  Timestamp last;         // received_at of the latest message
  uint64_t messages = 0;  // Kafka messages with its records
};

struct NodesSummary {
  size_t count = 0;             // nodes that are followed
  uint64_t untracked = 0;       // messages of nodes that are not: there are too many
  std::vector<NodeSeen> nodes;  // those not heard for longest, that one first
  // How many were heard in the last minute, in the last five minutes but not in that minute, and not since.
  size_t minute = 0, five_minutes = 0, longer = 0;
};

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

// What one batch heard of a node.
struct NodeHeard {
  Partition partition{};
  Timestamp last;
  uint64_t messages = 0;
};
using NodesHeard = std::unordered_map<std::string, NodeHeard, TextHash, std::equal_to<>>;

// All workers' nodes. Thread-safe. At most kMost nodes, about 150 bytes each.
class NodesSeen {
 public:
  static constexpr size_t kMost = 10'000;
  static constexpr size_t kLongestName = 255;

  // Once a batch.
  void Add(const NodesHeard& heard);
  // The partition goes to another worker, perhaps of another process: its nodes are that one's to tell.
  void Forget(Partition partition);
  NodesSummary Summary(size_t most, Timestamp now) const;

 private:
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  NodesHeard nodes_;
  uint64_t untracked_ = 0;
};

// What the open batch of one worker hears of nodes. Costs a message one look into a hash table.
class NodeNotes {
 public:
  // `seen` may be null: then nothing is noted.
  explicit NodeNotes(NodesSeen* seen) : seen_(seen) {}

  void Heard(std::string_view name, Partition partition, Timestamp received_at);
  void Commit();
  void Discard() { heard_.clear(); }

 private:
  NodesSeen* const seen_;
  NodesHeard heard_;
};

}  // namespace ntsp::publish
