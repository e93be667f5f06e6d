#include "normalize/rule.h"

#include <array>

namespace ntsp::normalize {
namespace {

constexpr std::array kNamed = {
    NamedRule{"text", Rule::kText, "as it is written"},
    NamedRule{"token", Rule::kToken, "lower case, `-` for `_`, without module prefix: `LINK_LAYER`"},
    NamedRule{"admin-status", Rule::kAdminStatus, "up, down or testing, from `enable`, `DOWN`, `true`, …"},
    NamedRule{"xr-admin-state", Rule::kXrAdminState,
              "down if an administrator shut it: `im-state-admin-down`"},
    NamedRule{"oper-status", Rule::kOperStatus, "one of the seven states of RFC 8343"},
    NamedRule{"xr-line-state", Rule::kXrLineState, "the same, from `im-state-up`, … or its number"},
    NamedRule{"speed", Rule::kSpeed, "a number of bit/s, `25G`, `10Gbps` or `SPEED_100GB`"},
    NamedRule{"mtu", Rule::kMtu, "a number of bytes; 4294967295 is no value"},
    NamedRule{"seconds", Rule::kSeconds, "a number of seconds"},
    NamedRule{"nanoseconds", Rule::kNanoseconds, "a number of nanoseconds, cut to seconds"},
    NamedRule{"count", Rule::kCount, "a number from 0 to 2^64 - 1"},
    NamedRule{"kilobits", Rule::kKilobits, "kbit/s, to bit/s"},
    NamedRule{"megabits", Rule::kMegabits, "Mbit/s, to bit/s"},
    NamedRule{"time", Rule::kTime, "RFC 3339, or a number since 1970 in s, ms, µs or ns"},
    NamedRule{"percent", Rule::kPercent, "0 to 100"},
    NamedRule{"interface-name", Rule::kInterfaceName, "names the interface"},
    NamedRule{"subinterface-index", Rule::kSubinterfaceIndex, "says which subinterface of it"},
    NamedRule{"address", Rule::kAddress, "an IP address, with or without `/length`"},
    NamedRule{"prefix-length", Rule::kPrefixLength, "the address's length, where it stands apart"},
    NamedRule{"netmask", Rule::kNetmask, "the same, as `255.255.255.0`"},
};

// The rules of columns that no rule for their type alone may fill.
struct Special {
  std::string_view column;
  std::array<std::optional<Rule>, 3> rules;
};

constexpr std::array kSpecial = {
    Special{"admin_status", {Rule::kAdminStatus, Rule::kXrAdminState}},
    Special{"oper_status", {Rule::kOperStatus, Rule::kXrLineState}},
    Special{"mtu", {Rule::kMtu}},
    Special{"speed_bps", {Rule::kSpeed, Rule::kKilobits, Rule::kMegabits}},
    Special{"in_bps", {Rule::kCount, Rule::kKilobits, Rule::kMegabits}},
    Special{"out_bps", {Rule::kCount, Rule::kKilobits, Rule::kMegabits}},
    Special{"uptime_seconds", {Rule::kSeconds, Rule::kNanoseconds}},
    Special{"interface_name", {Rule::kInterfaceName}},
    Special{"subinterface_index", {Rule::kSubinterfaceIndex}},
    Special{"address_ip_prefix", {Rule::kAddress, Rule::kConfigAddress}},
    Special{"prefix_length", {Rule::kPrefixLength, Rule::kNetmask, Rule::kConfigPrefixLength}},
    Special{"origin", {Rule::kToken}},
    Special{"status", {Rule::kToken}},
    Special{"ip_address", {}},  // worked out of the address, as its family is
    Special{"family", {}},
};

bool FitsType(Rule rule, ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return rule == Rule::kText || rule == Rule::kToken;
    case ColumnType::kUint:
      return rule == Rule::kCount;
    case ColumnType::kDouble:
      return rule == Rule::kPercent;
    case ColumnType::kTime:
      return rule == Rule::kTime;
    case ColumnType::kBool:
    case ColumnType::kMap:
      break;
  }
  return false;
}

}  // namespace

std::span<const NamedRule> NamedRules() {
  return kNamed;
}

bool Fits(Rule rule, Table table, ColumnIndex c) {
  if (c < column::kCommonCount) return false;
  const Column& column = Columns(table)[c];
  for (const Special& special : kSpecial) {
    if (special.column != column.name) continue;
    for (const std::optional<Rule> one : special.rules) {
      if (one == rule) return true;
    }
    return false;
  }
  return FitsType(rule, column.type);
}

}  // namespace ntsp::normalize
