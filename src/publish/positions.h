// How far the open batch has come in each partition. Our own offsets, because the client's positions have
// already moved past messages that were fetched and not yet processed.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/types.h"

namespace ntsp::publish {

// Pure, no network. Belongs to one worker.
class Positions {
 public:
  using List = std::vector<std::pair<TopicPartition, Offset>>;

  // A message was handed out by the consumer. Must be called for every message of a poll before any is
  // processed: if the batch fails in the middle, the rest of the poll has to be read again as well.
  void Received(std::string_view topic, Partition partition, Offset offset) {
    Find(topic, partition, offset);
  }
  // Its records, dead letter or drop are part of the batch.
  void Processed(std::string_view topic, Partition partition, Offset offset) {
    Find(topic, partition, offset).next = Next(offset);
  }

  // What a commit makes the group's position: partitions that moved since the last one, each with its next
  // offset.
  List ToCommit() const;
  // What an abort must seek to: the batch's start in every partition that is known.
  List ToRewind() const;
  // Where each partition stands, moved or not.
  List All() const;

  // Absent: nothing is known of it.
  std::optional<Offset> Of(const TopicPartition& partition) const;
  // It is read from there: all before it is committed, or lost.
  void Place(const TopicPartition& partition, Offset offset);

  // The batch is committed: the next one starts where it ended.
  void Committed();
  // The batch is aborted: it will be read again from its start.
  void Aborted();
  void Forget(const std::vector<TopicPartition>& partitions);
  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    TopicPartition partition;
    Offset start;  // of the open batch: all before it is committed
    Offset next;   // to process
  };

  // A partition that is new starts at `offset`.
  Entry& Find(std::string_view topic, Partition partition, Offset offset);

  std::vector<Entry> entries_;
  size_t last_ = 0;  // messages come in runs of one partition
};

}  // namespace ntsp::publish
