// From our positions to librdkafka's lists and back. Only for .cc files of this folder.
#pragma once

#include <chrono>
#include <utility>
#include <vector>

#include "base/types.h"
#include "kafka/consumer.h"
#include "kafka/handles.h"

namespace ntsp::kafka {

PartitionsHandle ToList(const std::vector<TopicPartition>& partitions);
PartitionsHandle ToList(const std::vector<std::pair<TopicPartition, Offset>>& offsets);
// An absent offset becomes RD_KAFKA_OFFSET_INVALID.
PartitionsHandle ToList(const std::vector<Position>& positions);

std::vector<TopicPartition> ToPartitions(const rd_kafka_topic_partition_list_t& list);
// Offsets that only mean something to librdkafka (none committed) become absent ones.
std::vector<Position> ToPositions(const rd_kafka_topic_partition_list_t& list);

// The first error among the entries, and which it is about.
struct PartitionError {
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
  TopicPartition partition;
};
PartitionError FirstError(const rd_kafka_topic_partition_list_t& list);

// librdkafka takes milliseconds as int.
inline int Millis(std::chrono::milliseconds duration) {
  return static_cast<int>(duration.count());
}

}  // namespace ntsp::kafka
