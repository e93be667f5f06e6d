#include "app/verify_command.h"

#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "app/exit_code.h"
#include "app/stage_options.h"
#include "app/store.h"
#include "archive/partition_check.h"
#include "aws/sdk.h"
#include "base/log.h"
#include "kafka/admin.h"

namespace ntsp::app {
namespace {

using archive::ArchivedObject;
using archive::PartitionReport;

constexpr std::chrono::milliseconds kTimeout{15'000};
constexpr uint64_t kMegabyte = 1024 * 1024;
// The rest is for an object, its rows, and what Kafka's client fetches ahead.
constexpr uint64_t kSorterShare = 4;

std::string TemporaryFolder() {
  const char* const folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/tmp" : folder;
}

void AddCount(std::string& text, uint64_t count, std::string_view what) {
  if (count > 0) text += fmt::format("; {} {}", count, what);
}

std::string ReportText(const TopicPartition& partition, const PartitionReport& report) {
  std::string text =
      fmt::format("{} offsets [{}, {}): {} messages, {} rows, {} objects", ToString(partition),
                  report.from.value, report.archived.value, report.messages, report.rows, report.objects);
  AddCount(text, static_cast<uint64_t>(report.high.value - report.archived.value),
           "offsets behind them (messages that are not archived yet, and transaction markers)");
  AddCount(text, report.objects_ahead, "objects of windows that are open");
  AddCount(text, report.objects_names_only, "objects by name only: their messages are before these offsets");
  AddCount(text, report.objects_of_earlier, "objects of an earlier topic of this name");
  AddCount(text, report.rows_unchecked, "rows archived whose messages are gone from the topic");
  AddCount(text, report.unreadable_messages, "messages that hold no records");
  if (!report.has_position) text += "; the archive's group has no position, the objects' names had to tell";
  return text;
}

class Verify {
 public:
  Verify(const VerifyOptions& options, const Config& config)
      : options_(options), config_(config), differences_(options.examples) {}

  // Whether nothing differs.
  Result<bool> Run(std::optional<Timestamp> since) {
    since_ = since;
    NTSP_TRY(Open());
    for (const auto& [topic, table] : Topics()) NTSP_TRY(CheckTopic(topic, table));
    std::cout << differences_.Text();
    std::cout << fmt::format(
        "{} rows of {} messages compared with {} objects: {}\n", rows_, messages_, objects_,
        differences_.total() == 0 ? "each is archived once" : fmt::format("{} differ", differences_.total()));
    return differences_.total() == 0;
  }

 private:
  Result<void> Open() {
    NTSP_ASSIGN(store_, OpenStore(config_));
    NTSP_ASSIGN(admin_, kafka::Admin::Open(config_.kafka));
    NTSP_ASSIGN(log_, kafka::OpenLogReader(config_.kafka, {.group = ArchiveGroup(config_)}));
    return {};
  }

  std::map<std::string, Table> Topics() const {
    std::map<std::string, Table> topics = TableTopics(config_);
    std::erase_if(topics,
                  [&](const auto& entry) { return options_.table.value_or(entry.second) != entry.second; });
    return topics;
  }

  Result<void> CheckTopic(const std::string& topic, Table table) {
    NTSP_ASSIGN(const auto described, admin_->Describe({topic}, kTimeout));
    const kafka::TopicInfo& info = described.at(topic);
    if (!info.exists)
      return ntsp::Stop(info.error.empty() ? "topic " + topic + " does not exist" : info.error);
    std::vector<TopicPartition> partitions;
    for (int i = 0; i < info.partitions; ++i) partitions.push_back({topic, Partition{i}});
    // Before the objects are listed: what is done by then has its objects.
    NTSP_ASSIGN(const auto positions, log_->Committed(partitions));
    NTSP_ASSIGN(auto objects, ListObjects(table, topic, info.partitions));
    for (const kafka::Position& position : positions) {
      NTSP_TRY(CheckPartition(table, position, std::move(objects[position.partition.partition])));
    }
    return {};
  }

  Result<std::map<Partition, std::vector<ArchivedObject>>> ListObjects(Table table, const std::string& topic,
                                                                       int partitions) {
    NTSP_ASSIGN(std::vector<std::string> keys, store_->List(archive::TablePrefix("", table)));
    std::map<Partition, std::vector<ArchivedObject>> objects;
    uint64_t others = 0;
    for (std::string& key : keys) {
      auto name = archive::ParseObjectKey(key);
      const bool ours = name && name->source.topic == topic && name->source.partition.value < partitions;
      if (ours) {
        const Partition partition = name->source.partition;
        objects[partition].push_back({std::move(key), *std::move(name)});
      } else if (!key.ends_with('/')) {  // some stores show folders as empty objects
        ++others;
      }
    }
    if (others > 0) {
      std::cout << fmt::format(
          "note  {} of {}: {} objects are of other topics or partitions, and not looked at\n",
          archive::TablePrefix("", table), store_->Uri(), others);
    }
    return objects;
  }

  Result<void> CheckPartition(Table table, const kafka::Position& position,
                              std::vector<ArchivedObject> objects) {
    const uint64_t before = differences_.total();
    archive::PartitionCheck check({.partition = position.partition,
                                   .table = table,
                                   .prefix = "",  // the store has it
                                   .since = since_,
                                   .memory_bytes = config_.memory_limit_mb * kMegabyte / kSorterShare,
                                   .temporary_folder = TemporaryFolder()},
                                  {*log_, *store_, differences_}, std::move(objects), position.offset);
    NTSP_ASSIGN(const PartitionReport report, check.Run());
    rows_ += report.rows;
    messages_ += report.messages;
    objects_ += report.objects;
    std::cout << (differences_.total() == before ? "ok    " : "DIFF  ")
              << ReportText(position.partition, report) << std::endl;
    return {};
  }

  const VerifyOptions& options_;
  const Config& config_;
  std::optional<Timestamp> since_;
  std::shared_ptr<archive::ObjectStore> store_;
  std::unique_ptr<kafka::Admin> admin_;
  std::unique_ptr<kafka::LogReader> log_;
  archive::Differences differences_;
  uint64_t rows_ = 0, messages_ = 0, objects_ = 0;
};

}  // namespace

int VerifyCommand(const VerifyOptions& options, const Loaded& loaded) {
  // What librdkafka says beside the answers is shown only if it is serious.
  log::Options quiet;
  quiet.level = log::Level::kError;
  quiet.format = log::Format::kText;
  (void)log::Configure(quiet);
  if (!loaded.config.archive_enabled()) {
    std::cerr << "verify: there is no archive: set AWS_S3_BUCKET or ARCHIVE_URI\n";
    return kUsage;
  }
  const std::optional<Timestamp> since = ParseRfc3339(options.since);
  if (!since && !options.since.empty()) {
    std::cerr << "--since " << options.since << ": must be a time as 2026-11-23T15:04:05Z (RFC 3339)\n";
    return kUsage;
  }
  const auto same = Verify(options, loaded.config).Run(since);
  if (!same) std::cerr << same.error().message << '\n';
  aws::StopSdk();
  return same && *same ? kDone : kFailed;
}

}  // namespace ntsp::app
