// Rules: how a value becomes a cell. value.h says what each accepts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/column.h"

namespace ntsp::normalize {

enum class Rule : uint8_t {
  kText,   // as it is
  kToken,  // lower case, '-' for '_', without module prefix: "openconfig-if-ip:LINK_LAYER" is link-layer
  kCount,  // uint64
  kMtu,    // uint64; 4294967295 is "unlimited": no value
  kAdminStatus,   // up, down, testing
  kXrAdminState,  // IOS-XR's `state`: down if it says that an administrator shut it, else up
  kOperStatus,    // the seven of RFC 8343
  kXrLineState,   // IOS-XR's `line-state`, by name or by number
  kSpeed,         // bit/s, "25G", "10Gbps", SPEED_100GB
  kKilobits,      // kbit/s
  kMegabits,      // Mbit/s
  kTime,          // RFC 3339, or a number since the epoch
  kSeconds,       // a duration
  kNanoseconds,   // a duration, to seconds
  kPercent,       // 0 to 100

  // Identity: these leaves say which object it is, where the keys of the sample do not. They name keys too
  // (key_names.h).
  kInterfaceName,
  kSubinterfaceIndex,
  kAddress,        // the address, with or without "/length"
  kPrefixLength,   // its length
  kNetmask,        // its length, as 255.255.255.0
  kConfigAddress,  // the same, where `state` is silent
  kConfigPrefixLength,
  kComponentName,  // of a component: only the chassis says something of the node
  kComponentType,
};

constexpr bool IsIdentity(Rule rule) {
  return rule >= Rule::kInterfaceName;
}

// A rule that mapping files may name.
struct NamedRule {
  std::string_view name;
  Rule rule;
  std::string_view doc;
};

// The first that fits a column is the one that it has if a mapping file names none.
std::span<const NamedRule> NamedRules();

// Whether `rule` makes values that column `c` of `table` may have.
bool Fits(Rule rule, Table table, ColumnIndex c);

}  // namespace ntsp::normalize
