#include "archive/events.h"

#include <fmt/format.h>

#include "archive/metric_table.h"
#include "base/log.h"

namespace ntsp::archive {
namespace {

using alert::Severity;

constexpr size_t kSampleBytes = 1000;

std::string Where(const TopicPartition& partition, Offset offset) {
  return fmt::format("{}@{}", ToString(partition), offset.value);
}

observe::Labels PartitionLabels(const TopicPartition& partition) {
  return {{"topic", partition.topic}, {"partition", std::to_string(partition.partition.value)}};
}

}  // namespace

std::string_view CauseName(CloseCause cause) {
  switch (cause) {
    case CloseCause::kBytes:
      return "bytes";
    case CloseCause::kAge:
      return "age";
    case CloseCause::kMemory:
      return "memory";
    case CloseCause::kShutdown:
      return "shutdown";
    case CloseCause::kRedo:
      return "redo";
  }
  return "";
}

Events::Events(observe::Metrics& metrics, alert::Reporter& alerts)
    : metrics_(metrics),
      alerts_(alerts),
      messages_(metrics.GetCounter(metric::kMessages)),
      skipped_(metrics.GetCounter(metric::kSkipped)),
      objects_(metrics.GetCounter(metric::kObjects)),
      rows_(metrics.GetCounter(metric::kRows)),
      bytes_(metrics.GetCounter(metric::kBytes)),
      windows_done_(metrics.GetCounter(metric::kWindowsDone)),
      store_failures_(metrics.GetCounter(metric::kStoreFailures)),
      store_retries_(metrics.GetCounter(metric::kStoreRetries)),
      uploads_waiting_(metrics.GetGauge(metric::kUploadsWaiting)),
      refused_(metrics.GetCounter(metric::kRefused)),
      unknown_(metrics.GetCounter(metric::kUnknown)),
      broker_failures_(metrics.GetCounter(metric::kBrokerFailures)),
      lost_(metrics.GetCounter(metric::kLost)),
      seconds_(metrics.GetHistogram(metric::kUploadSeconds, {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100})) {}

void Events::Assigned(const TopicPartition& partition, std::string_view at) {
  log::Info("archive-assigned", "reading a partition", {{"partition", ToString(partition)}, {"at", at}});
}

void Events::Revoked(const TopicPartition& partition, bool lost) {
  PartitionState(partition, 0);
  log::Info("archive-revoked", "another worker goes on with a partition",
            {{"partition", ToString(partition)}, {"lost", lost}});
}

void Events::MessagesRead(uint64_t count) {
  messages_.Add(static_cast<double>(count));
}

void Events::MessageSkipped(const kafka::Message& message, const std::string& why) {
  skipped_.Add();
  const TopicPartition partition{std::string(message.topic), message.partition};
  const std::string where = Where(partition, message.offset);
  log::Warn("archive-message-skipped", "a message holds no readable records",
            {{"where", where}, {"why", why}});
  Alert("archive-foreign-message", Severity::kWarning,
        "a message in a table's topic was not written by ntsp and is not archived: " + why +
            "; find out who else produces to this topic",
        where, std::string(message.value.value_or("").substr(0, kSampleBytes)));
}

void Events::WindowClosed(const TopicPartition& partition, const WindowRange& range, CloseCause cause) {
  metrics_.GetCounter(metric::kWindowsClosed, {{"cause", std::string(CauseName(cause))}}).Add();
  log::Info("archive-window-closed", "a window is planned and will be stored",
            {{"partition", ToString(partition)},
             {"start", range.start.value},
             {"end", range.end.value},
             {"cause", CauseName(cause)}});
}

void Events::ObjectStored(ObjectSeen object, double seconds) {
  objects_.Add();
  bytes_.Add(static_cast<double>(object.bytes));
  rows_.Add(static_cast<double>(object.rows));
  seconds_.Observe(seconds);
  recent_.Add(std::move(object));
  StoreWorks();
}

void Events::StoreWorks() {
  const std::lock_guard lock(mutex_);
  store_trouble_.clear();
}

std::string Events::store_trouble() const {
  const std::lock_guard lock(mutex_);
  return store_trouble_;
}

void Events::StoreFailing(const std::string& where, const Error& error) {
  store_failures_.Add();
  {
    const std::lock_guard lock(mutex_);
    store_trouble_ = error.message;
  }
  log::Warn("archive-store-failing", "the object store failed; it is tried again",
            {{"where", where}, {"error", error.message}});
  Alert(
      "archive-failing", Severity::kCritical,
      "objects cannot be stored: " + error.message +
          "; records wait in Kafka until it works again, and are lost only when retention deletes them first",
      where);
}

void Events::WindowDone(const TopicPartition& partition, const WindowRange& range) {
  windows_done_.Add();
  log::Info("archive-window-done", "a window is archived",
            {{"partition", ToString(partition)}, {"start", range.start.value}, {"end", range.end.value}});
}

void Events::CommitRefused(const TopicPartition& partition, const std::string& why) {
  refused_.Add();
  log::Info("archive-commit-refused", "the group is being rebalanced; the commit is tried again if still due",
            {{"partition", ToString(partition)}, {"why", why}});
}

void Events::CommitUnknown(const TopicPartition& partition, const std::string& why) {
  unknown_.Add();
  log::Warn("archive-commit-unknown", "nobody knows whether a commit arrived; joining the group anew",
            {{"partition", ToString(partition)}, {"why", why}});
}

void Events::BrokerFailing(const std::string& what, const Error& error) {
  broker_failures_.Add();
  log::Warn("archive-broker-failing", "the broker failed; it is tried again",
            {{"what", what}, {"error", error.message}});
}

void Events::OffsetsLost(const TopicPartition& partition, Offset from, Offset to) {
  lost_.Add(static_cast<double>(to.value - from.value));
  const std::string summary = fmt::format(
      "{} offsets were deleted from {} before they were archived; the topic's retention must be longer than "
      "the archive can be behind",
      to.value - from.value, ToString(partition));
  log::Error("archive-offsets-lost", summary, {{"from", from.value}, {"to", to.value}});
  Alert("archive-offsets-lost", Severity::kCritical, summary, Where(partition, from));
}

void Events::PositionFound(const TopicPartition& partition, Offset at) {
  const std::string summary = fmt::format(
      "the group had no committed offset for {}, but objects in the store say that it is archived up to {}; "
      "going on "
      "from there. Was the group away for longer than offsets.retention.minutes?",
      ToString(partition), at.value);
  log::Warn("archive-position-found", summary);
  Alert("archive-position-found", Severity::kWarning, summary, Where(partition, at));
}

void Events::LogReplaced(const TopicPartition& partition, Offset committed, Offset high) {
  const std::string summary = fmt::format(
      "{} ends at {}, before the archive's position {}: the topic was made anew or lost its end; looking for "
      "the place to "
      "go on",
      ToString(partition), high.value, committed.value);
  log::Error("archive-log-replaced", summary);
  Alert("archive-log-replaced", Severity::kCritical, summary, Where(partition, committed));
}

void Events::Failed(const std::string& where, const Error& error) {
  log::Error("archive-stopped", error.message, {{"where", where}});
  Alert("archive-stopped", Severity::kCritical, "the archive has stopped: " + error.message, where);
}

void Events::PressureChanged(bool on, uint64_t used, uint64_t budget) {
  log::Info("archive-memory",
            on ? "the memory budget is used up; reading waits for uploads" : "reading goes on",
            {{"used_bytes", used}, {"budget_bytes", budget}});
}

void Events::WorkerState(int worker, size_t windows) {
  metrics_.GetGauge(metric::kOpenWindows, {{"worker", std::to_string(worker)}})
      .Set(static_cast<double>(windows));
}

void Events::UploadsWait(size_t jobs) {
  uploads_waiting_.Set(static_cast<double>(jobs));
}

void Events::Rebalanced(const char* change) {
  metrics_.GetCounter(metric::kRebalances, {{"change", change}}).Add();
}

void Events::PartitionState(const TopicPartition& partition, int64_t lag) {
  metrics_.GetGauge(metric::kLag, PartitionLabels(partition)).Set(static_cast<double>(lag));
}

void Events::Alert(const char* kind, Severity severity, std::string summary, std::string where,
                   std::string sample) {
  alerts_.Report({kind, severity, std::move(summary), std::move(sample), {}, std::move(where)});
}

}  // namespace ntsp::archive
