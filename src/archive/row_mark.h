// What the comparison of archive and topics keeps of a row: who it is, where it was found, and a hash of all
// that stands in it.
#pragma once

#include <array>
#include <cstdint>
#include <tuple>

#include "base/buffer.h"
#include "base/types.h"
#include "model/record.h"

namespace ntsp::archive {

struct RowMark {
  static constexpr uint32_t kInTopic = 0;

  std::array<uint64_t, 2> batch{};  // batch_id as a number; a hash of it, if it is not a UUID
  uint32_t index = 0;               // record_index
  uint32_t place = kInTopic;        // or the object's number, from 1 on
  Offset offset;                    // of the message; meaningful in the topic only
  uint64_t hash = 0;

  bool SameRowAs(const RowMark& other) const { return batch == other.batch && index == other.index; }
  // Rows of one identity stand together, the topic's before the archive's.
  auto operator<=>(const RowMark& other) const {
    return std::tie(batch, index, place, offset, hash) <=>
           std::tie(other.batch, other.index, other.place, other.offset, other.hash);
  }
  bool operator==(const RowMark&) const = default;
};

// Makes marks; keeps its buffer. The hash is that of the record's JSON, which is the same for the same row
// whether it came from Kafka or from Parquet. It guards against accidents, not against attackers.
class RowMarker {
 public:
  RowMark Mark(const Record& record, uint32_t place, Offset offset = {});

 private:
  Buffer json_;
};

}  // namespace ntsp::archive
