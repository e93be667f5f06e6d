// The column table: what a record of each table is made of. It drives the JSON writer and reader, the Parquet
// schema, the ClickHouse DDL and docs/records.md: a column is added here, and nowhere else but in the path
// table (normalize/path_table) that fills it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace ntsp {

enum class Table : uint8_t { kNode, kInterface, kAddress };
inline constexpr std::array kTables = {Table::kNode, Table::kInterface, Table::kAddress};
inline constexpr size_t kTableCount = kTables.size();

constexpr std::string_view TableName(Table table) {
  switch (table) {
    case Table::kNode:
      return "node";
    case Table::kInterface:
      return "interface";
    case Table::kAddress:
      return "address";
  }
  return "";
}

enum class ColumnType : uint8_t {
  kText,
  kUint,    // uint64
  kDouble,  // percentages
  kBool,
  kTime,  // Timestamp
  kMap,   // text to text; only `extra`
};

struct Column {
  std::string_view name;
  ColumnType type;
  bool required;
  std::string_view doc;
};

// A column's place in its table's list: the index into Columns(table), and the bit in Record::present.
using ColumnIndex = uint8_t;

// Common columns stand first, at the same index in every table.
namespace column {
inline constexpr ColumnIndex kBatchId = 0, kRecordIndex = 1, kTimestamp = 2, kReceivedAt = 3, kNodeName = 4,
                             kNamespace = 5, kSourceFormat = 6, kDeleted = 7, kExtra = 8;
inline constexpr ColumnIndex kCommonCount = 9;
}  // namespace column

namespace column_table {

using enum ColumnType;

inline constexpr std::array kCommon = {
    Column{"batch_id", kText, true,
           "UUIDv5 of the raw message's topic, partition, offset and timestamp: the same on every replay"},
    Column{"record_index", kUint, true,
           "position among the records of the raw message; (batch_id, record_index) is unique"},
    Column{"timestamp", kTime, true, "when the device says it happened; received_at if it does not say"},
    Column{"received_at", kTime, true, "Kafka timestamp of the raw message"},
    Column{"node_name", kText, true, "name of the device"},
    Column{"namespace", kText, false, "EDA namespace of the device"},
    Column{"source_format", kText, true, "dialect that was recognised"},
    Column{"deleted", kBool, false, "true: the device reported the object as gone; absent otherwise"},
    Column{"extra", kMap, false,
           "leaves that have no column, and known leaves whose value could not be read"},
};

inline constexpr std::array kNode = {
    Column{"hostname", kText, false, "host name as configured on the device"},
    Column{"vendor", kText, false, "manufacturer"},
    Column{"platform", kText, false, "chassis or hardware type"},
    Column{"operating_system", kText, false, "name of the network operating system"},
    Column{"version", kText, false, "software version"},
    Column{"serial_number", kText, false, "serial number of the chassis"},
    Column{"management_address", kText, false, "management IP address"},
    Column{"location", kText, false, "configured location"},
    Column{"contact", kText, false, "configured contact"},
    Column{"description", kText, false, "configured description"},
    Column{"boot_time", kTime, false, "when the device was started"},
    Column{"uptime_seconds", kUint, false, "seconds since the device was started"},
    Column{"cpu_percent", kDouble, false, "CPU load, 0 to 100"},
    Column{"memory_used_bytes", kUint, false, "memory in use, bytes"},
    Column{"memory_total_bytes", kUint, false, "memory there is, bytes"},
};

inline constexpr std::array kInterface = {
    Column{"interface_name", kText, true, "name of the interface"},
    Column{"subinterface_index", kUint, false, "index of the subinterface; absent for the interface itself"},
    Column{"admin_status", kText, false, "up, down or testing"},
    Column{"oper_status", kText, false,
           "up, down, testing, unknown, dormant, not-present or lower-layer-down"},
    Column{"oper_down_reason", kText, false, "why the interface is down"},
    Column{"description", kText, false, "configured description"},
    Column{"type", kText, false, "type of the interface, as reported"},
    Column{"mac_address", kText, false, "hardware address"},
    Column{"mtu", kUint, false, "MTU, bytes, as the device counts them"},
    Column{"ifindex", kUint, false, "SNMP interface index"},
    Column{"speed_bps", kUint, false, "speed, bit/s"},
    Column{"last_change", kTime, false, "when the oper status last changed"},
    Column{"last_clear", kTime, false, "when the counters were last cleared"},
    Column{"carrier_transitions", kUint, false, "how often the carrier went up or down"},
    Column{"in_octets", kUint, false, "bytes received"},
    Column{"out_octets", kUint, false, "bytes sent"},
    Column{"in_packets", kUint, false, "packets received"},
    Column{"out_packets", kUint, false, "packets sent"},
    Column{"in_unicast_packets", kUint, false, "unicast packets received"},
    Column{"out_unicast_packets", kUint, false, "unicast packets sent"},
    Column{"in_multicast_packets", kUint, false, "multicast packets received"},
    Column{"out_multicast_packets", kUint, false, "multicast packets sent"},
    Column{"in_broadcast_packets", kUint, false, "broadcast packets received"},
    Column{"out_broadcast_packets", kUint, false, "broadcast packets sent"},
    Column{"in_errors", kUint, false, "packets received with errors"},
    Column{"out_errors", kUint, false, "packets that could not be sent because of errors"},
    Column{"in_discards", kUint, false, "packets received and discarded"},
    Column{"out_discards", kUint, false, "packets to send that were discarded"},
    Column{"in_bps", kUint, false, "rate received, bit/s"},
    Column{"out_bps", kUint, false, "rate sent, bit/s"},
    Column{"in_pps", kUint, false, "rate received, packets/s"},
    Column{"out_pps", kUint, false, "rate sent, packets/s"},
    Column{"in_fcs_errors", kUint, false, "frames received with a wrong check sequence"},
};

inline constexpr std::array kAddress = {
    Column{"interface_name", kText, true, "name of the interface that has the address"},
    Column{"subinterface_index", kUint, false, "index of the subinterface that has the address"},
    Column{"address_ip_prefix", kText, true, "address and prefix length as reported, host bits kept"},
    Column{"ip_address", kText, true, "the address alone, in canonical form (RFC 5952)"},
    Column{"prefix_length", kUint, false, "prefix length; absent when not known"},
    Column{"family", kUint, true, "4 or 6"},
    Column{"network_instance", kText, false, "VRF or network instance"},
    Column{"origin", kText, false, "how the address was learnt: static, dhcp, …"},
    Column{"status", kText, false, "preferred, tentative, duplicate, …"},
    Column{"type", kText, false, "primary, secondary, link-local-unicast, …"},
};

template <size_t N>
constexpr std::array<Column, column::kCommonCount + N> WithCommon(const std::array<Column, N>& own) {
  std::array<Column, column::kCommonCount + N> all{};
  size_t at = 0;
  for (const Column& c : kCommon) all[at++] = c;
  for (const Column& c : own) all[at++] = c;
  return all;
}

inline constexpr auto kNodeTable = WithCommon(kNode);
inline constexpr auto kInterfaceTable = WithCommon(kInterface);
inline constexpr auto kAddressTable = WithCommon(kAddress);

}  // namespace column_table

// The longest of the three lists; Record's bits fit into 64.
inline constexpr size_t kMaxColumns = column_table::kInterfaceTable.size();
static_assert(kMaxColumns <= 64 && column_table::kNodeTable.size() <= kMaxColumns &&
              column_table::kAddressTable.size() <= kMaxColumns);

// All columns of a table, in the order in which they are written everywhere.
constexpr std::span<const Column> Columns(Table table) {
  switch (table) {
    case Table::kNode:
      return column_table::kNodeTable;
    case Table::kInterface:
      return column_table::kInterfaceTable;
    case Table::kAddress:
      return column_table::kAddressTable;
  }
  return {};
}

inline constexpr ColumnIndex kNoColumn = 255;

// For names from outside (mapping files); kNoColumn if the table has no such column.
constexpr ColumnIndex FindColumn(Table table, std::string_view name) {
  const auto columns = Columns(table);
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return static_cast<ColumnIndex>(i);
  }
  return kNoColumn;
}

// For names in the source: one that the table does not have is a compile error.
consteval ColumnIndex ColumnOf(Table table, std::string_view name) {
  const ColumnIndex index = FindColumn(table, name);
  if (index == kNoColumn) throw "no such column";  // not reached at run time: consteval
  return index;
}

static_assert(ColumnOf(Table::kNode, "batch_id") == column::kBatchId &&
              ColumnOf(Table::kNode, "record_index") == column::kRecordIndex &&
              ColumnOf(Table::kNode, "timestamp") == column::kTimestamp &&
              ColumnOf(Table::kNode, "received_at") == column::kReceivedAt &&
              ColumnOf(Table::kNode, "node_name") == column::kNodeName &&
              ColumnOf(Table::kNode, "namespace") == column::kNamespace &&
              ColumnOf(Table::kNode, "source_format") == column::kSourceFormat &&
              ColumnOf(Table::kNode, "deleted") == column::kDeleted &&
              ColumnOf(Table::kNode, "extra") == column::kExtra);

}  // namespace ntsp
