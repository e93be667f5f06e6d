#include "kafka/partitions.h"

#include <cstdlib>
#include <cstring>
#include <span>

namespace ntsp::kafka {
namespace {

PartitionsHandle NewList(size_t size) {
  return PartitionsHandle(rd_kafka_topic_partition_list_new(static_cast<int>(size)));
}

rd_kafka_topic_partition_t& Add(const PartitionsHandle& list, const TopicPartition& partition) {
  return *rd_kafka_topic_partition_list_add(list.get(), partition.topic.c_str(), partition.partition.value);
}

std::span<const rd_kafka_topic_partition_t> Entries(const rd_kafka_topic_partition_list_t& list) {
  return {list.elems, static_cast<size_t>(list.cnt)};
}

TopicPartition PartitionOf(const rd_kafka_topic_partition_t& entry) {
  return {entry.topic, Partition{entry.partition}};
}

// The list frees it, so it has to come from malloc.
void SetMetadata(rd_kafka_topic_partition_t& entry, const std::string& metadata) {
  if (metadata.empty()) return;
  entry.metadata = std::malloc(metadata.size());
  entry.metadata_size = metadata.size();
  std::memcpy(entry.metadata, metadata.data(), metadata.size());
}

}  // namespace

PartitionsHandle ToList(const std::vector<TopicPartition>& partitions) {
  PartitionsHandle list = NewList(partitions.size());
  for (const TopicPartition& partition : partitions) Add(list, partition);
  return list;
}

PartitionsHandle ToList(const std::vector<std::pair<TopicPartition, Offset>>& offsets) {
  PartitionsHandle list = NewList(offsets.size());
  for (const auto& [partition, offset] : offsets) Add(list, partition).offset = offset.value;
  return list;
}

PartitionsHandle ToList(const std::vector<Position>& positions) {
  PartitionsHandle list = NewList(positions.size());
  for (const Position& position : positions) {
    rd_kafka_topic_partition_t& entry = Add(list, position.partition);
    if (position.offset) entry.offset = position.offset->value;
    SetMetadata(entry, position.metadata);
  }
  return list;
}

std::vector<TopicPartition> ToPartitions(const rd_kafka_topic_partition_list_t& list) {
  std::vector<TopicPartition> partitions;
  for (const rd_kafka_topic_partition_t& entry : Entries(list)) partitions.push_back(PartitionOf(entry));
  return partitions;
}

std::vector<Position> ToPositions(const rd_kafka_topic_partition_list_t& list) {
  std::vector<Position> positions;
  for (const rd_kafka_topic_partition_t& entry : Entries(list)) {
    Position& position = positions.emplace_back();
    position.partition = PartitionOf(entry);
    if (entry.offset >= 0) position.offset = Offset{entry.offset};
    if (entry.metadata_size > 0)
      position.metadata.assign(static_cast<const char*>(entry.metadata), entry.metadata_size);
  }
  return positions;
}

PartitionError FirstError(const rd_kafka_topic_partition_list_t& list) {
  for (const rd_kafka_topic_partition_t& entry : Entries(list)) {
    if (entry.err != RD_KAFKA_RESP_ERR_NO_ERROR) return {entry.err, PartitionOf(entry)};
  }
  return {};
}

}  // namespace ntsp::kafka
