// One Kafka message of the raw topic, as the decoder gets it. Borrows everything.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "base/types.h"

namespace ntsp {

struct RawMessage {
  std::string_view topic;
  Partition partition;
  Offset offset;
  Timestamp received_at;                  // Kafka timestamp
  std::optional<std::string_view> key;    // absent: no key
  std::optional<std::string_view> value;  // absent: a tombstone
};

}  // namespace ntsp
