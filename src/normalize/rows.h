// How the rows of a model are written down: containers with lists of leaves. Names that several models share
// are listed here; a model's file adds its own. Only path_table.cc, models_text.cc and the
// models' files include this.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "model/column.h"
#include "normalize/rule.h"

namespace ntsp::normalize {

// A row without its container: leaves that stand in several containers are written once.
struct LeafRow {
  std::string_view leaf;
  Table table;
  ColumnIndex column;
  Rule rule;
  bool fallback = false;
};

// A path may stand in several of these, with different leaves.
struct Container {
  std::string_view path;
  std::span<const LeafRow> leaves;
};

struct Model {
  std::string_view name;  // for a person
  std::span<const Container> containers;
};

// In the order in which they are looked through.
std::span<const Model> Models();

std::span<const Container> SrLinuxRows();
std::span<const Container> SrosRows();
std::span<const Container> OpenConfigRows();  // with what Arista and Junos add to it
std::span<const Container> IetfRows();
std::span<const Container> IosXrRows();
std::span<const Container> HuaweiRows();

// leaf, column, rule. A column that the table does not have is a compile error.
consteval LeafRow Node(std::string_view leaf, std::string_view column, Rule rule = Rule::kText) {
  return {leaf, Table::kNode, ColumnOf(Table::kNode, column), rule};
}
consteval LeafRow Interface(std::string_view leaf, std::string_view column, Rule rule = Rule::kCount) {
  return {leaf, Table::kInterface, ColumnOf(Table::kInterface, column), rule};
}
consteval LeafRow Address(std::string_view leaf, std::string_view column, Rule rule) {
  return {leaf, Table::kAddress, ColumnOf(Table::kAddress, column), rule};
}
// Fills the column only where no other leaf does.
consteval LeafRow Fallback(LeafRow row) {
  row.fallback = true;
  return row;
}

// State of an interface, as SR Linux, OpenConfig and RFC 8343 spell it.
inline constexpr std::array kInterfaceState = {
    Interface("name", "interface_name", Rule::kInterfaceName),
    Interface("interface-name", "interface_name", Rule::kInterfaceName),
    Interface("admin-status", "admin_status", Rule::kAdminStatus),
    Interface("admin-state", "admin_status", Rule::kAdminStatus),
    Interface("oper-status", "oper_status", Rule::kOperStatus),
    Interface("oper-state", "oper_status", Rule::kOperStatus),
    Interface("oper-down-reason", "oper_down_reason", Rule::kText),
    Interface("description", "description", Rule::kText),
    Interface("type", "type", Rule::kText),
    Interface("mac-address", "mac_address", Rule::kText),
    Fallback(Interface("hw-mac-address", "mac_address", Rule::kText)),
    Fallback(Interface("phys-address", "mac_address", Rule::kText)),
    Interface("mtu", "mtu", Rule::kMtu),
    Interface("ifindex", "ifindex"),
    Interface("if-index", "ifindex"),
    Interface("speed", "speed_bps", Rule::kSpeed),
    Interface("port-speed", "speed_bps", Rule::kSpeed),
    Interface("last-change", "last_change", Rule::kTime),
};

// Counters under SR Linux's names, OpenConfig's, and those of the hand-made `.interface.statistics` family.
inline constexpr std::array kInterfaceCounters = {
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
    Interface("last-clear", "last_clear", Rule::kTime),
    Interface("in-bps", "in_bps"),
    Interface("out-bps", "out_bps"),
    Interface("in-pps", "in_pps"),
    Interface("out-pps", "out_pps"),
};

inline constexpr std::array kSubinterfaceState = {
    Interface("index", "subinterface_index", Rule::kSubinterfaceIndex),
    Interface("ip-mtu", "mtu", Rule::kMtu),
};

inline constexpr std::array kAddressState = {
    Address("ip-prefix", "address_ip_prefix", Rule::kAddress),
    Address("ip", "address_ip_prefix", Rule::kAddress),
    Address("prefix-length", "prefix_length", Rule::kPrefixLength),
    Address("network-instance", "network_instance", Rule::kText),
    Address("origin", "origin", Rule::kToken),
    Address("status", "status", Rule::kToken),
    Address("type", "type", Rule::kToken),
};

// Node facts under the names that devices and inventories use for them.
inline constexpr std::array kNodeFacts = {
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
    Node("boot-time", "boot_time", Rule::kTime),
    Node("last-booted", "boot_time", Rule::kTime),
    Node("uptime", "uptime_seconds", Rule::kSeconds),
    Node("uptime-seconds", "uptime_seconds", Rule::kSeconds),
    Node("up-time", "uptime_seconds", Rule::kNanoseconds),  // OpenConfig
    Node("cpu-percent", "cpu_percent", Rule::kPercent),
    Node("memory-used-bytes", "memory_used_bytes", Rule::kCount),
    Node("memory-total-bytes", "memory_total_bytes", Rule::kCount),
};

inline constexpr std::array kCpuTotal = {Node("instant", "cpu_percent", Rule::kPercent)};

// By name, so that the page that lists them for people need not repeat them.
struct SharedLeaves {
  std::string_view name;
  std::span<const LeafRow> leaves;
};
inline constexpr std::array kSharedLeaves = {
    SharedLeaves{"interface state", kInterfaceState},
    SharedLeaves{"interface counters", kInterfaceCounters},
    SharedLeaves{"subinterface state", kSubinterfaceState},
    SharedLeaves{"address state", kAddressState},
    SharedLeaves{"node facts", kNodeFacts},
};

}  // namespace ntsp::normalize
