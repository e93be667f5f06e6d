// Everything that happens in the archive and that people or machines may want to know: one function an event,
// which counts it, logs it and, where it is bad, reports it.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "alert/alert.h"
#include "archive/object_key.h"
#include "archive/protocol_actions.h"
#include "base/result.h"
#include "base/types.h"
#include "kafka/consumer.h"
#include "observe/metrics.h"
#include "observe/recent.h"

namespace ntsp::archive {

std::string_view CauseName(CloseCause cause);

// An object that was stored, for people who come to look.
struct ObjectSeen {
  Timestamp when;  // wall clock
  std::string key;
  uint64_t rows = 0, bytes = 0;
};

// Thread-safe. `metrics` and `alerts` must outlive it.
class Events {
 public:
  Events(observe::Metrics& metrics, alert::Reporter& alerts);

  void Assigned(const TopicPartition& partition, std::string_view at);
  void Revoked(const TopicPartition& partition, bool lost);

  void MessagesRead(uint64_t count);
  void MessageSkipped(const kafka::Message& message, const std::string& why);
  void WindowClosed(const TopicPartition& partition, const WindowRange& range, CloseCause cause);
  void ObjectStored(ObjectSeen object, double seconds);
  void StoreFailing(const std::string& where, const Error& error);
  // A call that failed before is made again.
  void StoreRetried() { store_retries_.Add(); }
  // It answered as it should.
  void StoreWorks();
  void WindowDone(const TopicPartition& partition, const WindowRange& range);

  void CommitRefused(const TopicPartition& partition, const std::string& why);
  void CommitUnknown(const TopicPartition& partition, const std::string& why);
  void BrokerFailing(const std::string& what, const Error& error);

  void OffsetsLost(const TopicPartition& partition, Offset from, Offset to);
  void PositionFound(const TopicPartition& partition, Offset at);
  void LogReplaced(const TopicPartition& partition, Offset committed, Offset high);
  void Failed(const std::string& where, const Error& error);

  void PressureChanged(bool on, uint64_t used, uint64_t budget);
  // Gauges. `worker` tells the threads of one process apart.
  void WorkerState(int worker, size_t windows);
  observe::Metrics& metrics() { return metrics_; }
  void UploadsWait(size_t jobs);
  // `change`: "assigned", "revoked" or "lost".
  void Rebalanced(const char* change);
  void PartitionState(const TopicPartition& partition, int64_t lag);

  // The last objects stored.
  const observe::Recent<ObjectSeen>& objects() const { return recent_; }
  // What the object store said last, if it failed and nothing has succeeded since; else empty.
  std::string store_trouble() const;

 private:
  void Alert(const char* kind, alert::Severity severity, std::string summary, std::string where,
             std::string sample = {});

  observe::Metrics& metrics_;
  alert::Reporter& alerts_;
  observe::Counter& messages_;
  observe::Counter& skipped_;
  observe::Counter& objects_;
  observe::Counter& rows_;
  observe::Counter& bytes_;
  observe::Counter& windows_done_;
  observe::Counter& store_failures_;
  observe::Counter& store_retries_;
  observe::Gauge& uploads_waiting_;
  observe::Counter& refused_;
  observe::Counter& unknown_;
  observe::Counter& broker_failures_;
  observe::Counter& lost_;
  observe::Histogram& seconds_;

  static constexpr size_t kObjects = 20;
  observe::Recent<ObjectSeen> recent_{kObjects};
  mutable std::mutex mutex_;
  std::string store_trouble_;  // guarded by mutex_
};

}  // namespace ntsp::archive
