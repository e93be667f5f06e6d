#include "archive/partition_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/parquet_reader.h"

namespace ntsp::archive {

PartitionCheck::PartitionCheck(Options options, Parts parts, std::vector<ArchivedObject> objects,
                               std::optional<Offset> committed)
    : options_(std::move(options)),
      parts_(parts),
      objects_(std::move(objects)),
      committed_(committed),
      earlier_(objects_.size(), false),
      sorter_(options_.memory_bytes, options_.temporary_folder) {}

Result<PartitionReport> PartitionCheck::Run() {
  NTSP_ASSIGN(const NamedWindows::Log log, AskLog());
  NamedWindows windows(log, objects_);
  report_.objects_ahead = windows.ahead();
  NTSP_TRY(ReadTopic(windows));
  windows.Judge(parts_.differences);
  NTSP_TRY(ReadObjects(windows));
  NTSP_TRY(std::move(sorter_).Visit([&](const RowMark& mark) { Take(mark, windows); }));
  Judge(group_, windows);
  for (const auto& [range, rows] : uncovered_) {
    parts_.differences.Add(
        Difference::kMissingRange,
        fmt::format("{}: {} rows at offsets [{}, {}): no object's name covers them",
                    ToString(options_.partition), rows, range.first.value, range.second.value),
        rows);
  }
  return report_;
}

// ---- reading

Result<NamedWindows::Log> PartitionCheck::AskLog() {
  NTSP_ASSIGN(const kafka::PartitionState limits, parts_.log.Limits(options_.partition));
  Offset from = limits.low;
  if (options_.since) {
    NTSP_ASSIGN(const auto first, parts_.log.FirstAt(options_.partition, *options_.since));
    from = std::max(from, first.value_or(limits.high));
  }
  report_.has_position = committed_.has_value();
  Offset archived = committed_.value_or(limits.low);
  if (!committed_) {
    for (const ArchivedObject& object : objects_) {
      if (object.name.end <= limits.high) archived = std::max(archived, object.name.end);
    }
  }
  // A position from before the topic was made anew lies beyond it.
  report_.archived = std::clamp(archived, from, std::max(from, limits.high));
  report_.from = from;
  report_.high = std::max(report_.archived, limits.high);
  return NamedWindows::Log{options_.partition, limits.low, from, report_.archived};
}

Result<void> PartitionCheck::ReadTopic(NamedWindows& windows) {
  const auto visit = [&](const kafka::Message& message) -> Result<void> {
    ++report_.messages;
    windows.Saw(message.offset, message.timestamp);
    Result<void> added;
    const auto mark = [&](const Record& record) {
      ++report_.rows;
      if (added) added = sorter_.Add(marker_.Mark(record, RowMark::kInTopic, message.offset));
    };
    if (!message.value || !reader_.Read(options_.table, *message.value, mark)) ++report_.unreadable_messages;
    return added;
  };
  NTSP_TRY(parts_.log.Read(options_.partition, report_.from, report_.archived, visit));
  NTSP_ASSIGN(const kafka::PartitionState limits, parts_.log.Limits(options_.partition));
  low_ = std::max(report_.from, limits.low);
  return {};
}

Result<void> PartitionCheck::ReadObjects(const NamedWindows& windows) {
  for (const NamedWindow& window : windows.windows()) {
    if (window.end <= report_.from) {
      report_.objects_names_only += window.objects.size();
      continue;
    }
    if (window.earlier) report_.objects_of_earlier += window.objects.size();
    for (const size_t index : window.objects) {
      earlier_[index] = window.earlier;
      NTSP_TRY(ReadObject(index));
    }
  }
  return {};
}

Result<void> PartitionCheck::ReadObject(size_t index) {
  const ArchivedObject& object = objects_[index];
  const auto bytes = parts_.store.Get(object.key);
  if (!bytes && bytes.error().kind != ErrorKind::kReject) return Failure(bytes.error());
  if (!bytes) {
    parts_.differences.Add(Difference::kUnreadable, object.key + ": " + bytes.error().message);
    return {};
  }
  ++report_.objects;
  uint64_t rows = 0;
  Result<void> added;
  std::optional<DateHour> good;
  const auto lineage = ReadParquet(*bytes, [&](const Record& record) {
    ++rows;
    CheckFolder(object, record, good);
    if (added) added = sorter_.Add(marker_.Mark(record, static_cast<uint32_t>(index + 1)));
  });
  NTSP_TRY(added);
  if (lineage) {
    CheckFooter(object, *lineage, rows);
  } else {
    parts_.differences.Add(Difference::kUnreadable, object.key + ": " + lineage.error().message);
  }
  return {};
}

void PartitionCheck::CheckFolder(const ArchivedObject& object, const Record& record,
                                 std::optional<DateHour>& good) {
  const DateHour hour = RowHour(record.Time(column::kTimestamp), record.Time(column::kReceivedAt));
  if (good == hour) return;
  const std::string key = ObjectKey(options_.prefix, options_.table, hour, object.name);
  if (key == object.key) {
    good = hour;
  } else {
    parts_.differences.Add(Difference::kWrongFolder, object.key + ": a row belongs to " + key);
  }
}

void PartitionCheck::CheckFooter(const ArchivedObject& object, const ParquetLineage& lineage, uint64_t rows) {
  const FileFacts& facts = lineage.facts;
  const bool right = facts.table == options_.table && facts.source == object.name.source &&
                     facts.start == object.name.start && facts.end == object.name.end && lineage.rows == rows;
  if (right) return;
  parts_.differences.Add(
      Difference::kWrongFooter,
      fmt::format("{}: its metadata says {}, offsets [{}, {}), {} rows; it has {} rows", object.key,
                  ToString(facts.source), facts.start.value, facts.end.value, lineage.rows, rows));
}

// ---- comparing

void PartitionCheck::Take(const RowMark& mark, const NamedWindows& windows) {
  const bool more = group_.topic + group_.archive + group_.archive_earlier > 0;
  const RowMark& known = group_.topic > 0 ? group_.in_topic : group_.in_archive;
  if (more && !known.SameRowAs(mark)) {
    Judge(group_, windows);
    group_ = Group();
  } else if (more) {
    group_.differ = group_.differ || known.hash != mark.hash;
  }
  if (mark.place == RowMark::kInTopic) {
    if (group_.topic == 0) group_.in_topic = mark;
    if (++group_.topic == 2) group_.again = mark.offset;
    return;
  }
  const bool first = group_.archive + group_.archive_earlier == 0;
  if (first) group_.in_archive = mark;
  if (!first && group_.place_again == 0) group_.place_again = mark.place;
  ++(earlier_[mark.place - 1] ? group_.archive_earlier : group_.archive);
}

void PartitionCheck::Judge(const Group& group, const NamedWindows& windows) {
  const uint64_t archived = group.archive + group.archive_earlier;
  if (group.topic > 1) {
    parts_.differences.Add(Difference::kRepeatedInTopic,
                           fmt::format("{} at offsets {} and {}", Identity(group.in_topic),
                                       group.in_topic.offset.value, group.again.value),
                           group.topic - 1);
  }
  if (group.topic > archived) JudgeMissing(group, windows);
  if (archived > 0) JudgeArchived(group);
}

void PartitionCheck::JudgeMissing(const Group& group, const NamedWindows& windows) {
  const Offset offset = group.in_topic.offset;
  const uint64_t missing = group.topic - group.archive - group.archive_earlier;
  if (windows.Find(offset) == nullptr) {
    uncovered_[windows.Between(offset)] += missing;
    return;
  }
  parts_.differences.Add(Difference::kMissingRow,
                         fmt::format("{} of offset {}", Identity(group.in_topic), offset.value), missing);
}

void PartitionCheck::JudgeArchived(const Group& group) {
  const ArchivedObject& object = ObjectAt(group.in_archive.place);
  const uint64_t archived = group.archive + group.archive_earlier;
  const uint64_t wanted = std::max<uint64_t>(group.topic, 1);
  if (archived > wanted) {
    parts_.differences.Add(Difference::kRepeatedInObject,
                           fmt::format("{} in {} and {}", Identity(group.in_archive), object.key,
                                       ObjectAt(group.place_again).key),
                           archived - wanted);
  }
  if (group.topic == 0) {
    if (object.name.start < low_) {
      ++report_.rows_unchecked;
    } else if (group.archive > 0) {
      parts_.differences.Add(Difference::kForeignRow, Identity(group.in_archive) + " in " + object.key);
    }
    return;
  }
  const Offset offset = group.in_topic.offset;
  if (group.differ) {
    parts_.differences.Add(
        Difference::kChangedRow,
        fmt::format("{} of offset {} in {}", Identity(group.in_topic), offset.value, object.key));
  }
  if (offset < object.name.start || offset >= object.name.end) {
    parts_.differences.Add(
        Difference::kMisplacedRow,
        fmt::format("{} of offset {} in {}", Identity(group.in_topic), offset.value, object.key));
  }
}

std::string PartitionCheck::Identity(const RowMark& mark) const {
  const auto [high, low] = mark.batch;
  return fmt::format("{}: batch_id {:08x}-{:04x}-{:04x}-{:04x}-{:012x} record_index {}",
                     ToString(options_.partition), high >> 32, high >> 16 & 0xffff, high & 0xffff, low >> 48,
                     low & 0xffffffffffff, mark.index);
}

}  // namespace ntsp::archive
