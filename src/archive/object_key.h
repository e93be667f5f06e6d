// Names of the archive's objects: a pure function of the log and of the settings that Layout hashes.
//   <prefix>/<table>/dt=YYYY-MM-DD/hour=HH/<topic>-<partition>-<start:020>-<end:020>-<first ts ms>.parquet
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "base/types.h"
#include "model/column.h"

namespace ntsp::archive {

// The messages that an object is made of: [start, end) of a partition. `first` is the Kafka timestamp of the
// first of them, in whole milliseconds; it tells a topic from an earlier one of the same name.
struct ObjectName {
  TopicPartition source;
  Offset start, end;
  Timestamp first;

  auto operator<=>(const ObjectName&) const = default;
};

// `prefix` may be empty.
std::string ObjectKey(std::string_view prefix, Table table, const DateHour& hour, const ObjectName& name);

// Reads the last part of a key; the folders before it are not looked at. Topic names may hold '-' and '.'.
// Nothing for a key that is not an object of the archive.
std::optional<ObjectName> ParseObjectKey(std::string_view key);

// "<prefix>/<table>/" and "<prefix>/<table>/dt=YYYY-MM-DD/".
std::string TablePrefix(std::string_view prefix, Table table);
std::string DayPrefix(std::string_view prefix, Table table, Timestamp day);

// The folder that a row belongs to: the hour of its event time, unless that is outside [received_at - 24 h,
// received_at + 1 h]. Then it is the hour of received_at, so that broken clocks and backfills make no objects
// of their own.
DateHour RowHour(Timestamp timestamp, Timestamp received_at);

}  // namespace ntsp::archive
