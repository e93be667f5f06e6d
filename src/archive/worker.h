// One thread of the archive: one member of the consumer group, and all that it does for the partitions it
// has.
//   Step: poll → rows into windows → reports of the store → clocks → memory → (rejoin)
// Commits come from here only, so for a partition that is being revoked none is in flight (I6).
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/partition_writer.h"
#include "archive/source.h"
#include "base/shared_text.h"
#include "observe/memory.h"
#include "watch/partition_watch.h"

namespace ntsp::archive {

class Worker : public kafka::RebalanceListener {
 public:
  struct Options {
    int index = 0;  // for metrics
    std::map<std::string, Table> topics;
    std::string store_uri;  // ObjectStore::Uri()
    std::string prefix;
    uint64_t max_bytes = 64 << 20;  // encoded, of one window
    Duration max_age = std::chrono::seconds(300);
    uint64_t memory_budget = 256 << 20;  // windows and uploads of this worker
    std::chrono::milliseconds poll_wait{100};
    size_t poll_most = 500;
    std::chrono::milliseconds committed_timeout{10'000};
  };
  // All but the factories must outlive the worker.
  struct Parts {
    SourceFactory open_source;
    FileBuilderFactory make_file;
    UploadPool* uploads = nullptr;
    Events* events = nullptr;
    const Clock* clock = nullptr;
    observe::Tracer* tracer = nullptr;  // gets a span a window; may be null
    watch::PartitionWatch* watch = nullptr;
  };

  Worker(Options options, Parts parts);
  ~Worker() override;

  // Steps until Stop, then closes what can be closed in time, and leaves the group. The error, if there was
  // one that a person must mend.
  Result<void> Run();

  // One turn; opens the consumer if there is none. kStop: the worker cannot go on.
  Result<void> Step();

  // Thread-safe. Open windows are planned and stored until `deadline`; what is not done then is left to the
  // next start.
  void Stop(Instant deadline);
  // Thread-safe: the group has been joined.
  bool joined() const { return joined_; }
  // Thread-safe: what the last poll met; empty once it works again.
  std::string trouble() const { return trouble_.Get(); }
  // Thread-safe: when the last step began; a step that takes a minute hangs.
  Instant last_step() const { return Instant(Duration(last_step_.load())); }

  // RebalanceListener: called within Poll and Close.
  std::vector<kafka::Position> OnAssigned(const std::vector<TopicPartition>& partitions) override;
  void OnRevoked(const std::vector<TopicPartition>& partitions, bool lost) override;

 private:
  using Writers = std::map<TopicPartition, std::unique_ptr<PartitionWriter>>;

  Result<void> OpenSource();
  void CloseSource();
  void Poll();
  PartitionWriter* Find(std::string_view topic, Partition partition);
  void HearReports();
  void ControlMemory();
  PartitionWriter* LargestToFlush();
  PartitionWriter* LargestRedo();
  void GiveBackRedos(const PartitionWriter* keep, uint64_t limit);
  uint64_t Memory() const;
  uint64_t WindowMemory() const;
  void Watch();
  void Complete(watch::Standing& standing);
  void ShowState();
  bool StopIsDone() const;
  Protocol::Options ProtocolOptions(Table table) const;

  const Options options_;
  const Parts parts_;
  observe::HeldMemory fetched_, windows_, uploads_;
  WorkerShared shared_;
  std::unique_ptr<Source> source_;
  Writers writers_;
  PartitionWriter* last_found_ = nullptr;
  bool pressure_ = false;
  Instant shown_{};

  SharedText trouble_;
  std::atomic<bool> joined_ = false, stopping_ = false;
  std::atomic<int64_t> stop_deadline_ = 0, last_step_ = 0;
};

}  // namespace ntsp::archive
