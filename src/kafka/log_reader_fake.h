// Logs in memory for the tests of what reads them without a group.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kafka/log_reader.h"

namespace ntsp::kafka {

// One thread.
class FakeLogReader : public LogReader {
 public:
  struct Entry {
    Offset offset;
    Timestamp timestamp;
    std::optional<std::string> key, value;
    std::vector<std::pair<std::string, std::string>> headers;
  };

  std::map<TopicPartition, std::deque<Entry>> logs;
  std::map<TopicPartition, Offset> highs;
  std::map<TopicPartition, Position> committed;

  // The next offset; `gap` offsets before it are transaction markers.
  Offset Append(const TopicPartition& to, Entry entry, int64_t gap = 0) {
    entry.offset = Offset{highs[to].value + gap};
    highs[to] = ntsp::Next(entry.offset);
    logs[to].push_back(std::move(entry));
    return logs[to].back().offset;
  }
  void DeleteBefore(const TopicPartition& in, Offset low) {
    std::erase_if(logs[in], [&](const Entry& entry) { return entry.offset < low; });
  }

  Result<PartitionState> Limits(const TopicPartition& partition) override {
    const auto& log = logs[partition];
    return PartitionState{partition, log.empty() ? highs[partition] : log.front().offset, highs[partition]};
  }
  Result<std::optional<Offset>> FirstAt(const TopicPartition& partition, Timestamp time) override {
    for (const Entry& entry : logs[partition]) {
      if (entry.timestamp >= time) return std::optional(entry.offset);
    }
    return std::optional<Offset>();
  }
  Result<std::vector<Position>> Committed(const std::vector<TopicPartition>& partitions) override {
    std::vector<Position> answer;
    for (const TopicPartition& partition : partitions) {
      const auto found = committed.find(partition);
      answer.push_back(found == committed.end() ? Position{partition, {}, ""} : found->second);
    }
    return answer;
  }
  Result<void> Read(const TopicPartition& partition, Offset from, Offset to, const Visit& visit) override {
    for (const Entry& entry : logs[partition]) {
      if (entry.offset < from || entry.offset >= to) continue;
      Message message{partition.topic, partition.partition, entry.offset, entry.timestamp, {}, {}, &entry};
      if (entry.key) message.key = *entry.key;
      if (entry.value) message.value = *entry.value;
      NTSP_TRY(visit(message));
    }
    return {};
  }
  std::vector<Header> HeadersOf(const Message& message) override {
    std::vector<Header> headers;
    for (const auto& [name, value] : static_cast<const Entry*>(message.handle)->headers) {
      headers.emplace_back(name, value);
    }
    return headers;
  }
};

}  // namespace ntsp::kafka
