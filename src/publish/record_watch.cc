#include "publish/record_watch.h"

#include "publish/interface_watch.h"
#include "publish/node_watch.h"

namespace ntsp::publish {

RecordWatches::RecordWatches(const WatchOptions& options, alert::Reporter& alerts) {
  if (options.interface_down_after) {
    watches_.push_back(std::make_unique<InterfaceWatch>(*options.interface_down_after, alerts));
  }
  if (options.node_silent_intervals > 0) {
    watches_.push_back(std::make_unique<NodeWatch>(options.node_silent_intervals, alerts));
  }
}

void RecordWatches::See(Partition partition, std::span<const Record> records, Instant now) {
  if (watches_.empty()) return;
  const std::lock_guard lock(mutex_);
  for (const auto& watch : watches_) watch->See(partition, records, now);
}

void RecordWatches::Tick(Instant now) {
  const std::lock_guard lock(mutex_);
  for (const auto& watch : watches_) watch->Tick(now);
}

void RecordWatches::Forget(Partition partition) {
  const std::lock_guard lock(mutex_);
  for (const auto& watch : watches_) watch->Forget(partition);
}

}  // namespace ntsp::publish
