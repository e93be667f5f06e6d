// What a worker of either stage lets watch of its partitions: whether they move, how near they come to the
// end of the topic's retention, how long a rebalance stops them. Counts, logs and alerts what it finds.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "alert/alert.h"
#include "base/clock.h"
#include "base/result.h"
#include "kafka/consumer.h"
#include "observe/metrics.h"
#include "watch/rebalance_pause.h"
#include "watch/retention.h"
#include "watch/series.h"
#include "watch/stall_ladder.h"

namespace ntsp::watch {

// One for each worker, on its thread.
class PartitionWatch {
 public:
  // All must outlive it.
  struct Parts {
    observe::Metrics& metrics;
    alert::Reporter& alerts;
    const Clock& clock;
    const Retentions* retentions = nullptr;  // null: not known for any topic
    // Joining anew did not help: the process has to end. Told again and again.
    std::function<void(const std::string& reason)> give_up = {};
  };
  // Completes what only the worker knows of a partition.
  using Complete = std::function<void(Standing&)>;
  // Asks the partition's leader where the log begins and ends.
  using Ask = std::function<Result<kafka::PartitionState>(const TopicPartition&)>;

  // `stuck_after`: zero: partitions are never stuck.
  PartitionWatch(Stage stage, Duration stuck_after, const Parts& parts);
  ~PartitionWatch();
  PartitionWatch(const PartitionWatch&) = delete;
  PartitionWatch& operator=(const PartitionWatch&) = delete;

  // The membership.
  void Joining();
  void Assigned(const std::vector<TopicPartition>& partitions, const std::vector<kafka::Position>& committed);
  void Revoked(const std::vector<TopicPartition>& partitions);

  // What every poll gave.
  void Read(std::span<const kafka::Message> messages, std::span<const kafka::EndReached> ends);
  // Reading goes on there, as the position before was lost.
  void Moved(const TopicPartition& partition, Offset to);

  // To be called in every turn of the loop; does something about once a second. True: the worker has to close
  // its consumer and to join its group with a new one.
  [[nodiscard]] bool MustRejoin(const Complete& complete, const Ask& ask);

 private:
  struct Entry {
    explicit Entry(PartitionSeries its) : series(its) {}
    PartitionSeries series;
    std::optional<Offset> read_to;
    std::optional<Timestamp> last_read;  // of the last message read
    std::optional<Timestamp> idle;       // when there was nothing more to read
    bool at_risk = false;
  };

  Entry* Find(std::string_view topic, Partition partition);
  void NoteFirst(const TopicPartition& partition, const kafka::Message& message);
  Standing StandingOf(const TopicPartition& partition, const Entry& entry, const Complete& complete) const;
  void JudgeRetention(const Standing& standing, Entry& entry);
  void ReportRisk(const TopicPartition& partition, Entry& entry, const std::string& text);
  void EndRisk(Entry& entry);
  bool AskAndJudge(const Ask& ask);
  bool Act(const Verdict& verdict);

  const Stage stage_;
  const Parts parts_;
  StageSeries series_;
  StallLadder ladder_;
  RebalancePause pauses_;
  std::map<TopicPartition, Entry> entries_;
  bool member_ = false;
  Instant looked_{};
  bool given_up_ = false;
  double longest_pause_ = 0;
};

}  // namespace ntsp::watch
