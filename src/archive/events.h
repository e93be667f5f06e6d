// Everything that happens in the archive and that people or machines may want to know: one function an event,
// which counts it, logs it and, where it is bad, reports it.
#pragma once

#include <string>
#include <string_view>

#include "alert/alert.h"
#include "archive/object_key.h"
#include "archive/protocol_actions.h"
#include "base/result.h"
#include "base/types.h"
#include "kafka/consumer.h"
#include "observe/metrics.h"

namespace ntsp::archive {

std::string_view CauseName(CloseCause cause);

// Thread-safe. `metrics` and `alerts` must outlive it.
class Events {
 public:
  Events(observe::Metrics& metrics, alert::Reporter& alerts);

  void Assigned(const TopicPartition& partition, std::string_view at);
  void Revoked(const TopicPartition& partition, bool lost);

  void MessagesRead(uint64_t count);
  void MessageSkipped(const kafka::Message& message, const std::string& why);
  void WindowClosed(const TopicPartition& partition, const WindowRange& range, CloseCause cause);
  void ObjectStored(uint64_t bytes, uint64_t rows, double seconds);
  void StoreFailing(const std::string& where, const Error& error);
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
  void WorkerState(int worker, size_t windows, uint64_t memory_bytes);
  observe::Metrics& metrics() { return metrics_; }
  void PartitionState(const TopicPartition& partition, int64_t lag);

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
  observe::Counter& refused_;
  observe::Counter& unknown_;
  observe::Counter& broker_failures_;
  observe::Counter& lost_;
  observe::Histogram& seconds_;
};

}  // namespace ntsp::archive
