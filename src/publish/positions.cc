#include "publish/positions.h"

#include <algorithm>
#include <string>

namespace ntsp::publish {

Positions::Entry& Positions::Find(std::string_view topic, Partition partition, Offset offset) {
  const auto is_it = [&](const Entry& e) {
    return e.partition.partition == partition && e.partition.topic == topic;
  };
  if (last_ < entries_.size() && is_it(entries_[last_])) return entries_[last_];
  const auto found = std::ranges::find_if(entries_, is_it);
  last_ = static_cast<size_t>(found - entries_.begin());
  if (found != entries_.end()) return *found;
  return entries_.emplace_back(Entry{{std::string(topic), partition}, offset, offset});
}

Positions::List Positions::ToCommit() const {
  List list;
  for (const Entry& e : entries_) {
    if (e.next != e.start) list.emplace_back(e.partition, e.next);
  }
  return list;
}

Positions::List Positions::ToRewind() const {
  List list;
  for (const Entry& e : entries_) list.emplace_back(e.partition, e.start);
  return list;
}

Positions::List Positions::All() const {
  List list;
  for (const Entry& e : entries_) list.emplace_back(e.partition, e.next);
  return list;
}

std::optional<Offset> Positions::Of(const TopicPartition& partition) const {
  const auto found = std::ranges::find(entries_, partition, &Entry::partition);
  return found == entries_.end() ? std::nullopt : std::optional(found->next);
}

void Positions::Place(const TopicPartition& partition, Offset offset) {
  Entry& entry = Find(partition.topic, partition.partition, offset);
  entry.start = entry.next = offset;
}

void Positions::Committed() {
  for (Entry& e : entries_) e.start = e.next;
}

void Positions::Aborted() {
  for (Entry& e : entries_) e.next = e.start;
}

void Positions::Forget(const std::vector<TopicPartition>& partitions) {
  std::erase_if(entries_, [&](const Entry& e) {
    return std::ranges::find(partitions, e.partition) != partitions.end();
  });
  last_ = 0;
}

}  // namespace ntsp::publish
