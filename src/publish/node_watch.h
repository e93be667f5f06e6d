// Nodes that go silent.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "publish/lasting_alert.h"
#include "publish/record_watch.h"

namespace ntsp::publish {

// Alert "node-silent": a node of which nothing was heard for so many times its usual interval, while others
// go on; one alert for all that fall silent together. It ends when the node is heard again.
//
// The time is the log's (received_at), so that a backlog or an outage of the broker silences nobody; and the
// clock's too, so that partitions that are not equally far do not either.
class NodeWatch : public RecordWatch {
 public:
  // About 200 bytes each; those beyond are not watched, and one line of the log says so.
  static constexpr size_t kMaxNodes = 10'000;
  // Less is no silence, however fast a node usually speaks.
  static constexpr std::chrono::seconds kLeast{60};
  // It has to be heard over so many intervals, and over kLeast, before it can be missed.
  static constexpr int kLearn = 3;

  NodeWatch(uint64_t intervals, alert::Reporter& alerts) : intervals_(intervals), alerts_(alerts) {}

  void See(Partition partition, std::span<const Record> records, Instant now) override;
  void Tick(Instant now) override;
  void Forget(Partition partition) override;

 private:
  struct Node {
    Partition partition;
    Timestamp first, last;  // received_at
    Instant heard;
    int64_t usual_micros = 0;  // longest gap of late
    bool silent = false;
  };

  void SeeNode(Partition partition, const Record& record, Instant now);
  bool IsSilent(const Node& node, Instant now) const;
  std::map<std::string, Node>::iterator Find(std::string_view name);

  const uint64_t intervals_;
  alert::Reporter& alerts_;
  std::map<std::string, Node> nodes_;
  std::string name_;  // reused
  Timestamp newest_;
  bool full_told_ = false;
};

}  // namespace ntsp::publish
