#include "publish/node_watch.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"

namespace ntsp::publish {
namespace {

constexpr const char* kKind = "node-silent";
// After so many intervals without a long gap the usual one is forgotten by two thirds. A node speaks in
// bursts: gaps within one are short, and must not pass for its interval.
constexpr int64_t kMemory = 16;

}  // namespace

void NodeWatch::See(Partition partition, std::span<const Record> records, Instant now) {
  for (const Record& record : records) {
    if (record.table == Table::kNode) SeeNode(partition, record, now);
  }
}

std::map<std::string, NodeWatch::Node>::iterator NodeWatch::Find(std::string_view name) {
  name_ = name;
  const auto found = nodes_.find(name_);
  if (found != nodes_.end() || nodes_.size() < kMaxNodes) return nodes_.try_emplace(name_).first;
  if (!full_told_) {
    full_told_ = true;
    log::Warn("nodes-not-watched",
              "there are too many nodes; ALERT_NODE_SILENT_INTERVALS sees a part of them",
              {{"watched", kMaxNodes}});
  }
  return nodes_.end();
}

void NodeWatch::SeeNode(Partition partition, const Record& record, Instant now) {
  const Timestamp time = record.Time(column::kReceivedAt);
  newest_ = std::max(newest_, time);
  const auto found = Find(record.Text(column::kNodeName));
  if (found == nodes_.end()) return;
  Node& node = found->second;
  node.partition = partition;
  node.heard = now;
  if (node.first == Timestamp()) node.first = node.last = time;
  const int64_t gap = std::max<int64_t>(0, time.micros - node.last.micros);
  if (node.silent) {
    node.silent = false;
    ReportEnd(alerts_, kKind, 1);
  } else {
    node.usual_micros = std::max(gap, node.usual_micros - gap / kMemory);
  }
  node.last = std::max(node.last, time);
}

bool NodeWatch::IsSilent(const Node& node, Instant now) const {
  const int64_t least = std::chrono::microseconds(kLeast).count();
  if (node.last.micros - node.first.micros < std::max(least, kLearn * node.usual_micros)) return false;
  const int64_t allowed = std::max(least, node.usual_micros * static_cast<int64_t>(intervals_));
  return newest_.micros - node.last.micros > allowed && now - node.heard > std::chrono::microseconds(allowed);
}

void NodeWatch::Tick(Instant now) {
  std::vector<Concerned> silent;
  for (auto& [name, node] : nodes_) {
    if (node.silent || !IsSilent(node, now)) continue;
    node.silent = true;
    silent.push_back({name, name});
  }
  if (silent.empty()) return;
  ReportBegin(
      alerts_, kKind,
      fmt::format("{} for more than {} times the usual interval",
                  silent.size() == 1 ? "A node has been silent" : "Nodes have been silent", intervals_),
      silent);
}

void NodeWatch::Forget(Partition partition) {
  std::erase_if(nodes_, [&](const auto& each) {
    const Node& node = each.second;
    if (node.partition != partition) return false;
    if (node.silent) ReportEnd(alerts_, kKind, 1);
    return true;
  });
}

}  // namespace ntsp::publish
