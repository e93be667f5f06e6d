#include "publish/output_messages.h"

#include <string>

#include "model/record_json.h"

namespace ntsp::publish {
namespace {

constexpr size_t kKeptBytes = 4 * 1024 * 1024;

NodeName NodeOf(const Record& record) {
  const bool spaced = record.Has(column::kNamespace);
  return {spaced ? record.Text(column::kNamespace) : std::string_view(), record.Text(column::kNodeName)};
}

}  // namespace

std::optional<Rejection> OutputMessages::Frame(std::span<const Record> records) {
  messages_.clear();
  begins_.clear();
  values_.Clear();
  values_.Shrink(kKeptBytes);
  json_.Forget();
  GroupByTableAndNode(records);
  for (uint32_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g].begin == groups_[g].end) continue;
    const auto table = static_cast<Table>(g % kTableCount);
    if (!WriteGroup(table, nodes_.Node(g / kTableCount).name, records, groups_[g])) {
      const Record& culprit = records[order_[groups_[g].begin]];
      messages_.clear();
      return TooLarge(culprit);
    }
  }
  PointValues();
  return std::nullopt;
}

// A counting sort: stable, linear in records and nodes.
void OutputMessages::GroupByTableAndNode(std::span<const Record> records) {
  nodes_.Clear();
  group_of_.clear();
  groups_.clear();
  for (const Record& record : records) {
    const uint32_t node = nodes_.Number(NodeOf(record));
    if (groups_.size() < nodes_.size() * kTableCount) groups_.resize(nodes_.size() * kTableCount);
    group_of_.push_back(node * kTableCount + static_cast<uint32_t>(record.table));
    ++groups_[group_of_.back()].end;
  }
  uint32_t begin = 0;
  for (Group& group : groups_) {
    const uint32_t count = group.end;
    group = {begin, begin};
    begin += count;
  }
  order_.resize(records.size());
  for (uint32_t i = 0; i < records.size(); ++i) order_[groups_[group_of_[i]].end++] = i;
}

// False, with the culprit at the group's begin, if that record alone is too large.
bool OutputMessages::WriteGroup(Table table, std::string_view key, std::span<const Record> records,
                                Group& group) {
  const size_t room = max_bytes_ > key.size() + kOverhead ? max_bytes_ - key.size() - kOverhead : 0;
  Open(table, key);
  for (; group.begin < group.end; ++group.begin) {
    const Record& record = records[order_[group.begin]];
    const bool full = framing_ == Framing::kRecord && messages_.back().records > 0;
    if (!full && Add(record, room)) continue;
    if (messages_.back().records == 0) return false;
    Close();
    Open(table, key);
    if (!Add(record, room)) return false;
  }
  Close();
  return true;
}

// Writes at the end of the open message; false, with nothing written, if its value would grow beyond `room`.
bool OutputMessages::Add(const Record& record, size_t room) {
  OutputMessage& open = messages_.back();
  const size_t before = values_.size();
  if (framing_ == Framing::kArray) values_.Append(open.records == 0 ? '[' : ',');
  json_.Append(record, values_);
  if (framing_ == Framing::kLines) values_.Append('\n');
  const size_t size = values_.size() - begins_.back() + (framing_ == Framing::kArray ? 1 : 0);
  if (size > room) {
    values_.Truncate(before);
    return false;
  }
  ++open.records;
  return true;
}

void OutputMessages::Open(Table table, std::string_view key) {
  begins_.push_back(values_.size());
  messages_.push_back({.table = table, .records = 0, .key = key, .value = {}});
}

void OutputMessages::Close() {
  if (framing_ == Framing::kArray) values_.Append(']');
}

// Only now: while values_ grew, its bytes moved.
void OutputMessages::PointValues() {
  begins_.push_back(values_.size());
  for (size_t i = 0; i < messages_.size(); ++i) {
    messages_[i].value = values_.view().substr(begins_[i], begins_[i + 1] - begins_[i]);
  }
}

Rejection OutputMessages::TooLarge(const Record& record) const {
  const std::string table(TableName(record.table));
  return {RejectKind::kTooLarge,
          "a record of table " + table + " for node " + std::string(record.Text(column::kNodeName)) +
              " is larger than " + std::to_string(max_bytes_) +
              " bytes; raise KAFKA_MAX_MESSAGE_BYTES and the topic's max.message.bytes, or "
              "set EXTRA_FIELDS=drop"};
}

}  // namespace ntsp::publish
