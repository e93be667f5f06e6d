// The path table: which leaf of which container fills which column, and how its value is read. It is the only
// place that knows the models of vendors; a column is filled from a further leaf by one more row.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/column.h"

namespace ntsp::normalize {

// How a value becomes a cell. value.h says what each accepts.
enum class Rule : uint8_t {
  kText,   // as it is
  kToken,  // lower case, '-' for '_', without module prefix: "openconfig-if-ip:LINK_LAYER" is link-layer
  kCount,  // uint64
  kMtu,    // uint64; 4294967295 is "unlimited": no value
  kAdminStatus,   // up, down, testing
  kXrAdminState,  // IOS-XR's `state`: down if it says that an administrator shut it, else up
  kOperStatus,    // the seven of RFC 8343
  kSpeed,         // bit/s, "25G", SPEED_100GB
  kKilobits,      // kbit/s
  kMegabits,      // Mbit/s
  kTime,          // RFC 3339, or a number since the epoch
  kSeconds,       // a duration
  kNanoseconds,   // a duration, to seconds
  kPercent,       // 0 to 100

  // Identity: these leaves say which object it is, where the keys of the sample do not.
  kInterfaceName,
  kSubinterfaceIndex,
  kAddress,        // the address, with or without "/length"
  kPrefixLength,   // its length
  kConfigAddress,  // the same, where `state` is silent
  kConfigPrefixLength,
  kComponentName,  // of a component: only the chassis says something of the node
  kComponentType,
};

struct PathRow {
  std::string_view container;  // as Path::text; from the root of the device's model
  std::string_view leaf;       // '-' and '_' are one, case does not count
  Table table;
  ColumnIndex column;  // kNoColumn where the rule is kComponentName or kComponentType
  Rule rule;
  bool fallback = false;  // fills the column only where no other leaf does
};

// The rows that ntsp knows by itself. Where two rows have the same container and leaf, the later one counts.
std::span<const PathRow> BuiltinRows();

}  // namespace ntsp::normalize
