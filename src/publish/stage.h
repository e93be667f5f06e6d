// Stage 1 as a whole: prepares the topics, then runs the workers, each on its own thread with its own
// consumer and producer, until it is stopped or one of them cannot go on.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "alert/alert.h"
#include "base/clock.h"
#include "base/result.h"
#include "kafka/producer.h"
#include "observe/health.h"
#include "observe/metrics.h"
#include "observe/span.h"
#include "publish/drop_counts.h"
#include "publish/options.h"
#include "publish/recent.h"
#include "publish/record_watch.h"
#include "publish/topic_setup.h"
#include "publish/worker_status.h"
#include "watch/retention.h"

namespace ntsp::publish {

// Thread-safe, but Start and Join belong to one thread.
class NormalizeStage {
 public:
  // All of it must outlive the stage. `health` gets the required component "normalize".
  struct Parts {
    observe::Metrics& metrics;
    observe::Health& health;
    alert::Reporter& alerts;
    const Clock& clock;
    observe::Tracer* tracer = nullptr;              // gets a span a batch; may be null
    const watch::Retentions* retentions = nullptr;  // may be null
    // Called by workers when a partition is stuck for good; may be empty.
    std::function<void(const std::string& reason)> give_up = {};
  };

  // Inert until Start.
  NormalizeStage(Options options, const Parts& parts);
  // Stops and joins.
  ~NormalizeStage();

  // Returns at once. `on_end` is called from a thread of the stage when it has ended, whether asked to or
  // not.
  void Start(std::function<void()> on_end = {});
  // Returns at once; open batches are committed, then the threads end.
  void Stop();
  // Waits for the end; the first error of a worker, or of the start.
  Result<void> Join();

  // Thread-safe.
  const Recent& recent() const { return recent_; }

 private:
  void Supervise();
  std::optional<TopicLimits> PrepareTopics();
  Result<TopicLimits> TryTopics();
  void RunWorkers(const TopicLimits& limits);
  Result<void> RunWorker(int number, const TopicLimits& limits);
  Result<std::unique_ptr<kafka::Producer>> OpenProducer(int number, const TopicLimits& limits);
  kafka::StatisticsListener Statistics(const char* client, int number);
  void ReportHealth();
  std::string Trouble() const;
  void Fail(Error error);
  bool Wait(Duration time);

  const Options options_;
  Parts parts_;
  PathLimit drop_paths_;
  RecordWatches watches_;
  Recent recent_;
  std::vector<WorkerStatus> statuses_;  // by worker
  std::stop_source stop_;
  std::mutex mutex_;
  std::optional<Error> error_;  // guarded by mutex_; the first
  std::function<void()> on_end_;
  std::thread supervisor_;
};

}  // namespace ntsp::publish
