// Stage 2 as a whole: its threads, and what they share.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "alert/alert.h"
#include "archive/events.h"
#include "archive/file_builder.h"
#include "archive/object_store.h"
#include "archive/upload_pool.h"
#include "archive/worker.h"
#include "base/clock.h"
#include "base/result.h"
#include "kafka/client_config.h"
#include "observe/metrics.h"

namespace ntsp::archive {

class ArchiveStage {
 public:
  struct Options {
    kafka::ClientConfig kafka;
    std::string group = "telemetry-processor-archive";
    std::map<std::string, Table> topics = {{"node-data", Table::kNode},
                                           {"interface-data", Table::kInterface},
                                           {"address-data", Table::kAddress}};
    std::shared_ptr<ObjectStore> store;
    std::string prefix = "processed";  // in the store, before the table's name; may be empty
    FileBuilderFactory make_file;      // ParquetFiles(…)
    int workers = 1;
    int upload_threads = 4;
    uint64_t max_bytes = 64 << 20;  // encoded, of one window
    Duration max_age = std::chrono::seconds(300);
    uint64_t memory_budget = 192 << 20;                // bytes of windows and uploads, for each worker
    size_t fetch_kilobytes = 32'768;                   // fetched ahead, for each worker
    Duration stuck_after = std::chrono::seconds(120);  // zero: partitions are never stuck
  };
  // All must outlive the stage.
  struct Parts {
    observe::Metrics* metrics = nullptr;
    alert::Reporter* alerts = nullptr;
    const Clock* clock = nullptr;
    observe::Tracer* tracer = nullptr;  // gets a span a window; may be null
    // Called on a worker's thread when it ends with an error, so that the program can end. May be empty.
    std::function<void(const Error&)> on_failure;
    const watch::Retentions* retentions = nullptr;  // may be null
    // Called by workers when a partition is stuck for good. May be empty.
    std::function<void(const std::string& reason)> give_up = {};
  };

  // Inert until Start. kStop if an option makes no sense.
  static Result<std::unique_ptr<ArchiveStage>> Make(Options options, Parts parts);
  // Stops at once, if it was not stopped before.
  ~ArchiveStage();

  void Start();
  // Thread-safe, returns at once: open windows are planned and stored until `deadline`, what is not done then
  // is left to the next start. Called a second time with an earlier deadline, it ends earlier.
  void Stop(Instant deadline);
  // Waits for the workers. The first error that ended one.
  Result<void> Join();

  // Thread-safe: a worker has been given partitions (there may be more workers than partitions).
  bool joined() const;
  // Thread-safe: what a worker meets at the brokers; empty if there is nothing.
  std::string trouble() const;
  // Thread-safe: when the slowest worker began its last step; one that takes a minute hangs.
  Instant oldest_step() const;
  // Thread-safe: what happened of late.
  const Events& events() const { return events_; }

 private:
  ArchiveStage(Options options, Parts parts);
  void RunWorker(Worker& worker);

  const Options options_;
  const Parts parts_;
  Events events_;
  UploadPool uploads_;
  std::vector<std::unique_ptr<watch::PartitionWatch>> watches_;
  std::vector<std::unique_ptr<Worker>> workers_;  // each with the watch of the same place
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::optional<Error> error_;  // the first; guarded by mutex_
};

}  // namespace ntsp::archive
