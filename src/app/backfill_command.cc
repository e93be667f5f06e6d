#include "app/backfill_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <map>

#include "app/exit_code.h"
#include "app/log_setup.h"
#include "app/memory_plan.h"
#include "app/stage_options.h"
#include "app/stop_signal.h"
#include "app/store.h"
#include "archive/backfill.h"
#include "aws/sdk.h"
#include "kafka/admin.h"
#include "kafka/transfer.h"

namespace ntsp::app {
namespace {

using archive::ArchivedObject;
using archive::BackfillMark;
using archive::BackfillReport;
using archive::PartitionBackfill;

constexpr std::chrono::milliseconds kTimeout{15'000};

Result<PartitionBackfill::Bound> ParseBound(const char* option, const std::string& text) {
  if (text.empty()) return PartitionBackfill::Bound();
  if (const auto time = ParseRfc3339(text)) return PartitionBackfill::Bound(*time);
  int64_t offset = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (error == std::errc() && end == text.data() + text.size() && offset >= 0) {
    return PartitionBackfill::Bound(Offset{offset});
  }
  return Stop(
      fmt::format("{} {}: must be a time as 2026-11-23T15:04:05Z (RFC 3339) or an offset", option, text));
}

std::string GroupOf(const Config& config) {
  return ArchiveGroup(config) + "-backfill";
}

std::string ReportText(const TopicPartition& partition, const BackfillReport& report) {
  std::string text = fmt::format("{} offsets [{}, {}): {} windows written again, {} new; {} objects, {} rows",
                                 ToString(partition), report.from.value, report.to.value,
                                 report.windows_again, report.windows_new, report.objects, report.rows);
  if (report.windows_kept > 0) {
    text += fmt::format("; {} windows left alone: the topic does not keep all their messages",
                        report.windows_kept);
  }
  if (report.unreadable_messages > 0)
    text += fmt::format("; {} messages hold no records", report.unreadable_messages);
  if (report.resumed) text += "; the beginning was done by an earlier call";
  return text;
}

class Backfill {
 public:
  Backfill(const BackfillOptions& options, const Config& config) : options_(options), config_(config) {}

  // Whether all of it is done.
  Result<bool> Run(PartitionBackfill::Bound from, PartitionBackfill::Bound to) {
    from_ = from, to_ = to;
    NTSP_TRY(Open());
    for (const auto& [topic, table] : TableTopics(config_)) {
      if (!options_.table || *options_.table == table) NTSP_TRY(DoTopic(topic, table));
    }
    if (signal_.Asked()) std::cout << "interrupted; call it again to go on\n";
    if (signal_.Asked() || failed_ > 0) return false;
    // Only now: until all is done, another call goes on where this one ended.
    for (kafka::Position& mark : marks_) mark.metadata.clear();
    if (!marks_.empty()) NTSP_TRY(Keep(marks_));
    std::cout << fmt::format("done: {} windows written again, {} new; {} objects, {} rows\n", windows_again_,
                             windows_new_, objects_, rows_);
    return true;
  }

 private:
  Result<void> Open() {
    MemoryNeeds needs = NeedsOf(config_);
    needs.normalize_workers = 0;
    needs.archive_workers = 1;
    NTSP_ASSIGN(memory_, PlanMemory(needs));
    if (!config_.exactly_once) {
      return Stop(
          "a backfill needs transactions for its plans: set DELIVERY=exactly-once (for this command alone, "
          "if the brokers have transactions)");
    }
    NTSP_ASSIGN(store_, OpenStore(config_));
    NTSP_ASSIGN(admin_, kafka::Admin::Open(config_.kafka));
    kafka::ProducerOptions producer;
    // Of the group, not of this process: a second backfill must end the first before it reads its marks.
    producer.transactional_id = "ntsp-" + GroupOf(config_);
    NTSP_ASSIGN(transfer_, kafka::OpenTransfer(config_.kafka, producer, GroupOf(config_),
                                               [&] { return !signal_.Asked(); }));
    NTSP_ASSIGN(log_, kafka::OpenLogReader(config_.kafka, {.group = ArchiveGroup(config_),
                                                           .fetch_kilobytes = memory_.archive_fetch_kb}));
    NTSP_ASSIGN(own_, kafka::OpenLogReader(config_.kafka, {.group = GroupOf(config_)}));
    return {};
  }

  Result<void> DoTopic(const std::string& topic, Table table) {
    NTSP_ASSIGN(const auto described, admin_->Describe({topic}, kTimeout));
    const kafka::TopicInfo& info = described.at(topic);
    if (!info.exists) return Stop(info.error.empty() ? "topic " + topic + " does not exist" : info.error);
    std::vector<TopicPartition> partitions;
    for (int p = 0; p < info.partitions; ++p) {
      if (options_.partition.value_or(p) == p) partitions.push_back({topic, Partition{p}});
    }
    if (partitions.empty()) return {};
    NTSP_ASSIGN(const auto marks, own_->Committed(partitions));
    NTSP_ASSIGN(const auto archived, log_->Committed(partitions));
    // After the positions: what lies below them has its objects.
    NTSP_ASSIGN(auto objects, ListObjects(table, topic));
    for (size_t i = 0; i < partitions.size() && !signal_.Asked(); ++i) {
      const auto done =
          DoPartition(table, marks[i], archived[i], std::move(objects[partitions[i].partition]));
      if (done) continue;
      // One that cannot be done does not keep the others from it; who was fenced must end.
      if (fenced_) return Failure(done.error());
      ++failed_;
      std::cout << "FAIL  " << done.error().message << std::endl;
    }
    return {};
  }

  Result<std::map<Partition, std::vector<ArchivedObject>>> ListObjects(Table table,
                                                                       const std::string& topic) {
    NTSP_ASSIGN(std::vector<std::string> keys, store_->List(archive::TablePrefix("", table)));
    std::map<Partition, std::vector<ArchivedObject>> objects;
    for (std::string& key : keys) {
      auto name = archive::ParseObjectKey(key);
      if (!name || name->source.topic != topic) continue;
      const Partition partition = name->source.partition;
      objects[partition].push_back({std::move(key), *std::move(name)});
    }
    return objects;
  }

  Result<void> DoPartition(Table table, const kafka::Position& kept, const kafka::Position& archived,
                           std::vector<ArchivedObject> objects) {
    const TopicPartition& partition = kept.partition;
    if (!archived.offset) {
      NTSP_ASSIGN(const kafka::PartitionState limits, log_->Limits(partition));
      if (limits.low == limits.high) return {};
      return Stop(
          ToString(partition) + ": group " + ArchiveGroup(config_) +
          " has no position, so it is not known what is archived; start `ntsp run` first, which finds it");
    }
    NTSP_ASSIGN(auto mark, archive::ParseBackfillMark(kept.offset.value_or(Offset{}), kept.metadata));
    if (mark) marks_.push_back(kept);
    PartitionBackfill::Options options;
    options.partition = partition;
    options.layout = {store_->Uri(), "", table};  // the store has the prefix
    options.from = from_, options.to = to_;
    options.max_bytes = std::min(config_.archive_max_bytes, memory_.archive_window_bytes);
    PartitionBackfill backfill(
        std::move(options),
        {*log_, *store_, ArchiveFiles(memory_), [&](const BackfillMark& m) { return KeepMark(partition, m); },
         [&] { return signal_.Asked(); },
         [&](Duration time) { signal_.WaitFor(std::chrono::ceil<std::chrono::milliseconds>(time)); }},
        std::move(objects), *archived.offset, std::move(mark));
    NTSP_ASSIGN(const BackfillReport report, backfill.Run());
    windows_again_ += report.windows_again;
    windows_new_ += report.windows_new;
    objects_ += report.objects;
    rows_ += report.rows;
    std::cout << (report.interrupted ? "part  " : "ok    ") << ReportText(partition, report) << std::endl;
    return {};
  }

  Result<void> KeepMark(const TopicPartition& partition, const BackfillMark& mark) {
    kafka::Position position{partition, mark.next, archive::FormatBackfillMark(mark)};
    NTSP_TRY(Keep({position}));
    std::erase_if(marks_, [&](const kafka::Position& m) { return m.partition == partition; });
    marks_.push_back(std::move(position));
    return {};
  }

  Result<void> Keep(const std::vector<kafka::Position>& positions) {
    NTSP_TRY(transfer_->Begin());
    const kafka::CommitReport report = transfer_->Commit(positions);
    if (report.result == kafka::CommitResult::kDone) return {};
    fenced_ = true;
    if (report.result == kafka::CommitResult::kFenced) {
      return Stop("another backfill of group " + GroupOf(config_) + " has taken over; this one ends");
    }
    return Stop("keeping the backfill's place failed: " + report.reason + "; call it again to go on");
  }

  const BackfillOptions& options_;
  const Config& config_;
  const StopSignal signal_;
  PartitionBackfill::Bound from_, to_;
  MemoryPlan memory_;
  std::shared_ptr<archive::ObjectStore> store_;
  std::unique_ptr<kafka::Admin> admin_;
  std::unique_ptr<kafka::Transfer> transfer_;
  std::unique_ptr<kafka::LogReader> log_, own_;
  std::vector<kafka::Position> marks_;  // of partitions that this call or an earlier one has touched
  bool fenced_ = false;
  uint64_t failed_ = 0, windows_again_ = 0, windows_new_ = 0, objects_ = 0, rows_ = 0;
};

int Usage(const std::string& text) {
  std::cerr << text << '\n';
  return kUsage;
}

}  // namespace

int BackfillCommand(const BackfillOptions& options, const Loaded& loaded) {
  if (!loaded.config.archive_enabled()) return Usage("--from, --to: need AWS_S3_BUCKET or ARCHIVE_URI");
  if (auto configured = SetUpLog(loaded.config); !configured) return Usage(configured.error().message);
  const auto from = ParseBound("--from", options.from);
  if (!from) return Usage(from.error().message);
  const auto to = ParseBound("--to", options.to);
  if (!to) return Usage(to.error().message);
  const auto done = Backfill(options, loaded.config).Run(*from, *to);
  if (!done) std::cerr << done.error().message << '\n';
  aws::StopSdk();
  return done && *done ? kDone : kFailed;
}

}  // namespace ntsp::app
