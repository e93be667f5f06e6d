#include "watch/partition_watch.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"

namespace ntsp::watch {
namespace {

constexpr Duration kLookEvery = std::chrono::seconds(1);
// Questions block the loop; a broker answers one in a millisecond or two.
constexpr int kMostQuestions = 8;

double Seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

std::string StuckText(Stage stage, const Verdict& verdict) {
  return fmt::format("stage {}: {} has messages to read and has not got on for {:.0f} s", StageName(stage),
                     ToString(verdict.partition), Seconds(verdict.stuck));
}

}  // namespace

PartitionWatch::PartitionWatch(Stage stage, Duration stuck_after, const Parts& parts)
    : stage_(stage), parts_(parts), series_(SeriesOf(parts.metrics, stage)), ladder_(stuck_after) {}

PartitionWatch::~PartitionWatch() {
  for (auto& [partition, entry] : entries_) EndRisk(entry);
}

// ---- membership

void PartitionWatch::Joining() {
  pauses_.Joining(parts_.clock.Now());
}

void PartitionWatch::Assigned(const std::vector<TopicPartition>& partitions,
                              const std::vector<kafka::Position>& committed) {
  member_ = true;
  for (const TopicPartition& partition : partitions) {
    if (const auto before = entries_.find(partition); before != entries_.end()) EndRisk(before->second);
    entries_.erase(partition);
    entries_.emplace(partition, SeriesOf(parts_.metrics, stage_, partition));
  }
  std::vector<TopicPartition> begun;
  for (const kafka::Position& position : committed) {
    const auto found = entries_.find(position.partition);
    if (!position.offset || found == entries_.end()) continue;
    found->second.read_to = position.offset;
    begun.push_back(position.partition);
  }
  // Of one that nobody ever read, the first message may be years old.
  pauses_.Assigned(begun, parts_.clock.Now());
}

void PartitionWatch::Revoked(const std::vector<TopicPartition>& partitions) {
  member_ = false;
  for (const TopicPartition& partition : partitions) {
    const auto found = entries_.find(partition);
    if (found == entries_.end()) continue;
    EndRisk(found->second);
    found->second.series.retention_used.Set(0);
    entries_.erase(found);
  }
  pauses_.Revoked(partitions, parts_.clock.Now());
}

// ---- reading

PartitionWatch::Entry* PartitionWatch::Find(std::string_view topic, Partition partition) {
  const auto found = entries_.find(TopicPartition{std::string(topic), partition});
  return found == entries_.end() ? nullptr : &found->second;
}

void PartitionWatch::Read(std::span<const kafka::Message> messages, std::span<const kafka::EndReached> ends) {
  for (size_t i = 0; i < messages.size(); ++i) {
    const kafka::Message& message = messages[i];
    const bool first =
        i == 0 || messages[i - 1].partition != message.partition || messages[i - 1].topic != message.topic;
    if (first && pauses_.Awaits()) NoteFirst({std::string(message.topic), message.partition}, message);
    // Messages of a partition come in runs: the last one says it all.
    const bool last = i + 1 == messages.size() || messages[i + 1].partition != message.partition ||
                      messages[i + 1].topic != message.topic;
    Entry* const entry = last ? Find(message.topic, message.partition) : nullptr;
    if (entry == nullptr) continue;
    entry->read_to = Next(message.offset);
    entry->last_read = message.timestamp;
  }
  for (const kafka::EndReached& reached : ends) {
    Entry* const entry = Find(reached.partition.topic, reached.partition.partition);
    if (entry != nullptr) entry->read_to = std::max(entry->read_to.value_or(reached.end), reached.end);
  }
}

void PartitionWatch::NoteFirst(const TopicPartition& partition, const kafka::Message& message) {
  const auto pause = pauses_.Read(partition, message.timestamp, parts_.clock.Now(), parts_.clock.WallTime());
  if (!pause) return;
  const double seconds = Seconds(pause->length);
  series_.rebalance_pause.Observe(seconds);
  // The other workers of the process set it too.
  longest_pause_ = std::max({longest_pause_, seconds, series_.longest_pause.Value()});
  series_.longest_pause.Set(longest_pause_);
  log::Info("partition-goes-on", "a partition is read on after a rebalance",
            {{"stage", StageName(stage_)},
             {"partition", ToString(partition)},
             {"pause_seconds", seconds},
             {"longest_seconds", longest_pause_},
             {"came_from", pause->own ? "this worker" : "another"}});
}

void PartitionWatch::Moved(const TopicPartition& partition, Offset to) {
  if (Entry* const entry = Find(partition.topic, partition.partition)) entry->read_to = to;
}

// ---- looking

bool PartitionWatch::MustRejoin(const Complete& complete, const Ask& ask) {
  const Instant now = parts_.clock.Now();
  if (now - looked_ < kLookEvery) return false;
  looked_ = now;
  std::vector<Standing> standings;
  for (auto& [partition, entry] : entries_) {
    standings.push_back(StandingOf(partition, entry, complete));
    JudgeRetention(standings.back(), entry);
  }
  ladder_.Look(standings, member_, now);
  const double wall = static_cast<double>(parts_.clock.WallTime().micros) / 1e6;
  for (auto& [partition, entry] : entries_) {
    if (ladder_.Well(partition)) entry.series.last_progress.Set(wall);
  }
  return AskAndJudge(ask);
}

Standing PartitionWatch::StandingOf(const TopicPartition& partition, const Entry& entry,
                                    const Complete& complete) const {
  Standing standing{.partition = partition, .read_to = entry.read_to};
  complete(standing);
  return standing;
}

void PartitionWatch::JudgeRetention(const Standing& standing, Entry& entry) {
  const Timestamp wall = parts_.clock.WallTime();
  const bool unread = standing.high && *standing.high > standing.read_to.value_or(Offset{0});
  if (!unread) entry.idle = wall;
  // The first unread message came after the last that was read, and after there was nothing to read.
  std::optional<Timestamp> first = standing.oldest;
  if (!first && unread) first = std::max(entry.last_read, entry.idle);
  const auto retention = parts_.retentions ? parts_.retentions->Of(standing.partition.topic) : std::nullopt;
  if (!retention) return;
  const double used = unread || standing.oldest ? RetentionUsed(*retention, standing, first, wall) : 0;
  entry.series.retention_used.Set(used);
  if (!entry.at_risk && used > kRetentionRisk) {
    ReportRisk(standing.partition, entry, RetentionText(*retention, used));
  } else if (entry.at_risk && used < kRetentionSafe) {
    EndRisk(entry);
  }
}

void PartitionWatch::ReportRisk(const TopicPartition& partition, Entry& entry, const std::string& text) {
  entry.at_risk = true;
  alert::Alert alert;
  alert.kind = "retention-risk";
  alert.phase = alert::Phase::kBegins;
  alert.scope = StageName(stage_);
  alert.where = ToString(partition);
  alert.summary = fmt::format(
      "stage {} is behind in {}: {}; what the broker deletes before it is read is lost: make the topic's "
      "retention longer, or see why ntsp is behind",
      StageName(stage_), ToString(partition), text);
  log::Warn("retention-risk", alert.summary);
  parts_.alerts.Report(std::move(alert));
}

void PartitionWatch::EndRisk(Entry& entry) {
  if (!std::exchange(entry.at_risk, false)) return;
  alert::Alert alert;
  alert.kind = "retention-risk";
  alert.phase = alert::Phase::kEnds;
  alert.scope = StageName(stage_);
  parts_.alerts.Report(std::move(alert));
}

bool PartitionWatch::AskAndJudge(const Ask& ask) {
  for (int i = 0; i < kMostQuestions; ++i) {
    const auto partition = ladder_.ToAsk();
    if (!partition) return false;
    const auto limits = ask(*partition);
    const std::optional<Offset> high = limits ? std::optional(limits->high) : std::nullopt;
    if (Act(ladder_.Asked(*partition, high, parts_.clock.Now()))) return true;
  }
  return false;
}

bool PartitionWatch::Act(const Verdict& verdict) {
  switch (verdict.rung) {
    case Rung::kNone:
      return false;
    case Rung::kRejoin:
      series_.rejoins.Add();
      log::Warn("partition-stuck", StuckText(stage_, verdict) + "; the worker joins its group anew",
                {{"partition", ToString(verdict.partition)}, {"seconds", Seconds(verdict.stuck)}});
      return true;
    case Rung::kDead:
      break;
  }
  const std::string text = StuckText(stage_, verdict) + ", and joining the group anew did not help";
  if (!std::exchange(given_up_, true)) {
    alert::Alert alert;
    alert.kind = "partition-stuck";
    alert.severity = alert::Severity::kCritical;
    alert.scope = StageName(stage_);
    alert.where = ToString(verdict.partition);
    alert.summary = text + "; the process ends itself for its supervisor to start it again, nothing is lost";
    parts_.alerts.Report(std::move(alert));
  }
  if (parts_.give_up) parts_.give_up(text);
  return false;
}

}  // namespace ntsp::watch
