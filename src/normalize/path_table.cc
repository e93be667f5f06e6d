#include "normalize/path_table.h"

#include <array>

namespace ntsp::normalize {
namespace {

// A leaf's row without its container: leaves that stand in several containers are written once.
struct LeafRow {
  std::string_view leaf;
  Table table;
  ColumnIndex column;
  Rule rule;
  bool fallback = false;
};

consteval LeafRow Node(std::string_view leaf, std::string_view column, Rule rule = Rule::kText) {
  return {leaf, Table::kNode, ColumnOf(Table::kNode, column), rule};
}
consteval LeafRow Interface(std::string_view leaf, std::string_view column, Rule rule = Rule::kCount) {
  return {leaf, Table::kInterface, ColumnOf(Table::kInterface, column), rule};
}
consteval LeafRow Address(std::string_view leaf, std::string_view column, Rule rule) {
  return {leaf, Table::kAddress, ColumnOf(Table::kAddress, column), rule};
}
consteval LeafRow Fallback(LeafRow row) {
  row.fallback = true;
  return row;
}

using enum Rule;

constexpr std::array kInterfaceState = {
    Interface("name", "interface_name", kInterfaceName),
    Interface("interface-name", "interface_name", kInterfaceName),
    Interface("admin-status", "admin_status", kAdminStatus),
    Interface("admin-state", "admin_status", kAdminStatus),
    Interface("oper-status", "oper_status", kOperStatus),
    Interface("oper-state", "oper_status", kOperStatus),
    Interface("oper-down-reason", "oper_down_reason", kText),
    Interface("description", "description", kText),
    Interface("type", "type", kText),
    Interface("mac-address", "mac_address", kText),
    Fallback(Interface("hw-mac-address", "mac_address", kText)),
    Fallback(Interface("phys-address", "mac_address", kText)),
    Interface("mtu", "mtu", kMtu),
    Interface("ifindex", "ifindex"),
    Interface("if-index", "ifindex"),
    Interface("speed", "speed_bps", kSpeed),
    Interface("port-speed", "speed_bps", kSpeed),
    Interface("high-speed", "speed_bps", kMegabits),  // Junos
    Interface("last-change", "last_change", kTime),
};

// SR Linux's names, OpenConfig's, and those of the hand-made `.interface.statistics` family.
constexpr std::array kInterfaceCounters = {
    Interface("in-octets", "in_octets"),
    Interface("out-octets", "out_octets"),
    Interface("in-packets", "in_packets"),
    Interface("in-pkts", "in_packets"),
    Interface("out-packets", "out_packets"),
    Interface("out-pkts", "out_packets"),
    Interface("in-unicast-packets", "in_unicast_packets"),
    Interface("in-unicast-pkts", "in_unicast_packets"),
    Interface("out-unicast-packets", "out_unicast_packets"),
    Interface("out-unicast-pkts", "out_unicast_packets"),
    Interface("in-multicast-packets", "in_multicast_packets"),
    Interface("in-multicast-pkts", "in_multicast_packets"),
    Interface("out-multicast-packets", "out_multicast_packets"),
    Interface("out-multicast-pkts", "out_multicast_packets"),
    Interface("in-broadcast-packets", "in_broadcast_packets"),
    Interface("in-broadcast-pkts", "in_broadcast_packets"),
    Interface("out-broadcast-packets", "out_broadcast_packets"),
    Interface("out-broadcast-pkts", "out_broadcast_packets"),
    Interface("in-errors", "in_errors"),
    Interface("in-error-packets", "in_errors"),
    Interface("out-errors", "out_errors"),
    Interface("out-error-packets", "out_errors"),
    Interface("in-discards", "in_discards"),
    Interface("in-discarded-packets", "in_discards"),
    Interface("out-discards", "out_discards"),
    Interface("out-discarded-packets", "out_discards"),
    Interface("in-fcs-errors", "in_fcs_errors"),
    Interface("in-fcs-error-packets", "in_fcs_errors"),
    Interface("carrier-transitions", "carrier_transitions"),
    Interface("last-clear", "last_clear", kTime),
    Interface("in-bps", "in_bps"),
    Interface("out-bps", "out_bps"),
    Interface("in-pps", "in_pps"),
    Interface("out-pps", "out_pps"),
};

constexpr std::array kSubinterfaceState = {
    Interface("index", "subinterface_index", kSubinterfaceIndex),
    Interface("ip-mtu", "mtu", kMtu),
};

constexpr std::array kAddressState = {
    Address("ip-prefix", "address_ip_prefix", kAddress),
    Address("ip", "address_ip_prefix", kAddress),
    Address("prefix-length", "prefix_length", kPrefixLength),
    Address("network-instance", "network_instance", kText),
    Address("origin", "origin", kToken),
    Address("status", "status", kToken),
    Address("type", "type", kToken),
};

constexpr std::array kAddressConfig = {
    Address("ip", "address_ip_prefix", kConfigAddress),
    Address("prefix-length", "prefix_length", kConfigPrefixLength),
};

// Node facts under the names that devices and inventories use for them.
constexpr std::array kNodeFacts = {
    Node("hostname", "hostname"),
    Node("host-name", "hostname"),
    Node("vendor", "vendor"),
    Node("platform", "platform"),
    Node("operating-system", "operating_system"),
    Node("version", "version"),
    Node("software-version", "version"),
    Node("serial-number", "serial_number"),
    Node("management-address", "management_address"),
    Node("location", "location"),
    Node("contact", "contact"),
    Node("description", "description"),
    Node("boot-time", "boot_time", kTime),
    Node("last-booted", "boot_time", kTime),
    Node("uptime", "uptime_seconds", kSeconds),
    Node("uptime-seconds", "uptime_seconds", kSeconds),
    Node("up-time", "uptime_seconds", kNanoseconds),  // OpenConfig
    Node("cpu-percent", "cpu_percent", kPercent),
    Node("memory-used-bytes", "memory_used_bytes", kCount),
    Node("memory-total-bytes", "memory_total_bytes", kCount),
};

constexpr std::array kSrLinuxChassis = {
    Node("type", "platform"),
    Node("serial-number", "serial_number"),
};

constexpr std::array kCpuTotal = {Node("instant", "cpu_percent", kPercent)};

constexpr std::array kSrLinuxMemory = {
    Node("physical", "memory_total_bytes", kCount),
    Node("reserved", "memory_used_bytes", kCount),  // "reserved" is what is in use; `free` is the rest
};

constexpr std::array kOpenConfigMemory = {
    Node("physical", "memory_total_bytes", kCount),
    Node("used", "memory_used_bytes", kCount),
};

constexpr std::array kOpenConfigChassis = {
    LeafRow{"name", Table::kNode, kNoColumn, kComponentName},
    LeafRow{"type", Table::kNode, kNoColumn, kComponentType},
    Node("serial-no", "serial_number"),
    Node("mfg-name", "vendor"),
    Node("model-name", "platform"),
    Fallback(Node("part-no", "platform")),
};

constexpr std::array kXrInterface = {
    Interface("interface-name", "interface_name", kInterfaceName),
    Interface("state", "admin_status", kXrAdminState),
    Interface("line-state", "oper_status", kOperStatus),
    Interface("description", "description", kText),
    Interface("interface-type", "type", kText),
    Interface("mtu", "mtu", kMtu),
    Interface("if-index", "ifindex"),
    Interface("bandwidth", "speed_bps", kKilobits),
    Fallback(Interface("speed", "speed_bps", kKilobits)),
};

constexpr std::array kXrMacAddress = {Interface("address", "mac_address", kText)};

constexpr std::array kXrCounters = {
    Interface("interface-name", "interface_name", kInterfaceName),
    Interface("bytes-received", "in_octets"),
    Interface("bytes-sent", "out_octets"),
    Interface("packets-received", "in_packets"),
    Interface("packets-sent", "out_packets"),
    Interface("multicast-packets-received", "in_multicast_packets"),
    Interface("multicast-packets-sent", "out_multicast_packets"),
    Interface("broadcast-packets-received", "in_broadcast_packets"),
    Interface("broadcast-packets-sent", "out_broadcast_packets"),
    Interface("input-errors", "in_errors"),
    Interface("output-errors", "out_errors"),
    Interface("input-drops", "in_discards"),
    Interface("output-drops", "out_discards"),
    Interface("crc-errors", "in_fcs_errors"),
    Interface("carrier-transitions", "carrier_transitions"),
};

constexpr std::array kXrRates = {
    Interface("interface-name", "interface_name", kInterfaceName),
    Interface("bandwidth", "speed_bps", kKilobits),
    Interface("input-data-rate", "in_bps", kKilobits),
    Interface("output-data-rate", "out_bps", kKilobits),
    Interface("input-packet-rate", "in_pps"),
    Interface("output-packet-rate", "out_pps"),
};

struct Group {
  std::string_view container;
  std::span<const LeafRow> leaves;
};

constexpr std::array kGroups = {
    // SR Linux, native: EDA and gNMIc. `status` is the hand-made family's, which also mixes state and
    // counters.
    Group{"interface", kInterfaceState},
    Group{"interface", kInterfaceCounters},
    Group{"interface/status", kInterfaceState},
    Group{"interface/status", kInterfaceCounters},
    Group{"interface/state", kInterfaceState},
    Group{"interface/state", kInterfaceCounters},
    Group{"interface/statistics", kInterfaceState},
    Group{"interface/statistics", kInterfaceCounters},
    Group{"interface/traffic-rate", kInterfaceCounters},
    Group{"interface/ethernet", kInterfaceState},
    Group{"interface/subinterface", kInterfaceState},
    Group{"interface/subinterface", kInterfaceCounters},
    Group{"interface/subinterface", kSubinterfaceState},
    Group{"interface/subinterface/status", kInterfaceState},
    Group{"interface/subinterface/status", kInterfaceCounters},
    Group{"interface/subinterface/statistics", kInterfaceState},
    Group{"interface/subinterface/statistics", kInterfaceCounters},
    Group{"interface/subinterface/traffic-rate", kInterfaceCounters},
    Group{"interface/subinterface/ipv4/address", kAddressState},
    Group{"interface/subinterface/ipv6/address", kAddressState},
    Group{"interface/ipv4/address", kAddressState},
    Group{"interface/ipv6/address", kAddressState},
    Group{"node", kNodeFacts},
    Group{"system", kNodeFacts},
    Group{"system/information", kNodeFacts},
    Group{"system/name", kNodeFacts},
    Group{"platform/chassis", kSrLinuxChassis},
    Group{"platform/control/cpu/total", kCpuTotal},
    Group{"platform/control/memory", kSrLinuxMemory},

    // OpenConfig.
    Group{"interfaces/interface", kInterfaceState},
    Group{"interfaces/interface/state", kInterfaceState},
    Group{"interfaces/interface/state/counters", kInterfaceCounters},
    Group{"interfaces/interface/ethernet/state", kInterfaceState},
    Group{"interfaces/interface/subinterfaces/subinterface", kInterfaceState},
    Group{"interfaces/interface/subinterfaces/subinterface", kSubinterfaceState},
    Group{"interfaces/interface/subinterfaces/subinterface/state", kInterfaceState},
    Group{"interfaces/interface/subinterfaces/subinterface/state", kSubinterfaceState},
    Group{"interfaces/interface/subinterfaces/subinterface/state/counters", kInterfaceCounters},
    Group{"interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address", kAddressState},
    Group{"interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address/state", kAddressState},
    Group{"interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address/config", kAddressConfig},
    Group{"interfaces/interface/subinterfaces/subinterface/ipv6/addresses/address", kAddressState},
    Group{"interfaces/interface/subinterfaces/subinterface/ipv6/addresses/address/state", kAddressState},
    Group{"interfaces/interface/subinterfaces/subinterface/ipv6/addresses/address/config", kAddressConfig},
    Group{"interfaces/interface/routed-vlan/ipv4/addresses/address", kAddressState},
    Group{"interfaces/interface/routed-vlan/ipv4/addresses/address/state", kAddressState},
    Group{"interfaces/interface/routed-vlan/ipv4/addresses/address/config", kAddressConfig},
    Group{"interfaces/interface/routed-vlan/ipv6/addresses/address", kAddressState},
    Group{"interfaces/interface/routed-vlan/ipv6/addresses/address/state", kAddressState},
    Group{"interfaces/interface/routed-vlan/ipv6/addresses/address/config", kAddressConfig},
    Group{"system/state", kNodeFacts},
    Group{"system/memory/state", kOpenConfigMemory},
    Group{"system/cpus/cpu/state/total", kCpuTotal},
    Group{"components/component", kOpenConfigChassis},
    Group{"components/component/state", kOpenConfigChassis},

    // IETF (RFC 8343, RFC 8344): state stands in the list itself, counters below.
    Group{"interfaces-state/interface", kInterfaceState},
    Group{"interfaces/interface/statistics", kInterfaceCounters},
    Group{"interfaces-state/interface/statistics", kInterfaceCounters},
    Group{"interfaces/interface/ipv4/address", kAddressState},
    Group{"interfaces/interface/ipv6/address", kAddressState},

    // IOS-XR, native.
    Group{"interfaces/interface-xr/interface", kXrInterface},
    Group{"interfaces/interface-xr/interface/mac-address", kXrMacAddress},
    Group{"interfaces/interface-xr/interface/data-rates", kXrRates},
    Group{"infra-statistics/interfaces/interface/latest/generic-counters", kXrCounters},
    Group{"infra-statistics/interfaces/interface/latest/data-rate", kXrRates},
};

consteval size_t RowCount() {
  size_t count = 0;
  for (const Group& group : kGroups) count += group.leaves.size();
  return count;
}

consteval std::array<PathRow, RowCount()> Flatten() {
  std::array<PathRow, RowCount()> rows{};
  size_t at = 0;
  for (const Group& group : kGroups) {
    for (const LeafRow& leaf : group.leaves) {
      rows[at++] = {group.container, leaf.leaf, leaf.table, leaf.column, leaf.rule, leaf.fallback};
    }
  }
  return rows;
}

constexpr auto kRows = Flatten();

}  // namespace

std::span<const PathRow> BuiltinRows() {
  return kRows;
}

}  // namespace ntsp::normalize
