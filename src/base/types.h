// Strong types: numbers that must not be mixed up.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace ntsp {

template <typename Tag, typename Rep>
struct Named {
  Rep value{};

  auto operator<=>(const Named&) const = default;
};

// Position of a message in a partition. The end of a range is exclusive, as Kafka's committed offsets are.
using Offset = Named<struct OffsetTag, int64_t>;
using Partition = Named<struct PartitionTag, int32_t>;

inline Offset Next(Offset offset) {
  return {offset.value + 1};
}

struct TopicPartition {
  std::string topic;
  Partition partition;

  auto operator<=>(const TopicPartition&) const = default;
};

inline std::string ToString(const TopicPartition& tp) {
  return tp.topic + "/" + std::to_string(tp.partition.value);
}

}  // namespace ntsp

template <typename Tag, typename Rep>
struct std::hash<ntsp::Named<Tag, Rep>> {
  size_t operator()(const ntsp::Named<Tag, Rep>& named) const { return std::hash<Rep>()(named.value); }
};
