#include "cisco_messages.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "message_parts.h"

namespace ntsp::bench {
namespace {

// A leaf of a row: its value as JSON.
using CiscoLeaf = std::pair<std::string, std::string>;
struct CiscoRow {
  std::string port;
  std::vector<CiscoLeaf> content;
};
struct CiscoPart {
  std::string path;
  std::vector<CiscoRow> rows;
};

std::string CiscoPort(int i) {
  return fmt::format("TenGigE0/0/0/{}", i);
}

std::vector<CiscoPart> CiscoParts() {
  std::vector<CiscoPart> parts(5);
  parts[0].path =
      "Cisco-IOS-XR-infra-statsd-oper:infra-statistics/interfaces/interface/latest/generic-counters";
  for (int i = 0; i < kCounters; ++i) {
    parts[0].rows.push_back({CiscoPort(i),
                             {{"bytes-received", Octets(i)},
                              {"bytes-sent", Octets(i + 9)},
                              {"packets-received", Packets(i)},
                              {"packets-sent", Packets(i + 9)},
                              {"input-errors", "0"},
                              {"output-errors", "0"},
                              {"input-drops", std::to_string(i)},
                              {"carrier-transitions", "3"}}});
  }
  parts[1].path = "Cisco-IOS-XR-pfi-im-cmd-oper:interfaces/interface-xr/interface";
  for (int i = 0; i < kStates; ++i) {
    parts[1].rows.push_back({CiscoPort(i),
                             {{"state", R"("im-state-up")"},
                              {"line-state", R"("im-state-up")"},
                              {"mtu", "9216"},
                              {"if-index", std::to_string(i + 1)},
                              {"description", fmt::format(R"("to pe{0} TenGigE0/0/0/{0}")", i)},
                              {"bandwidth", "10000000"}}});
  }
  parts[2].path = "Cisco-IOS-XR-ipv4-io-oper:ipv4-network/nodes/node/interface-data/vrfs/vrf/details/detail";
  parts[3].path =
      "Cisco-IOS-XR-ipv6-ma-oper:ipv6-network/nodes/node/interface-data/vrfs/vrf/briefs/brief/address";
  for (int i = 0; i < kAddresses; ++i) {
    parts[2].rows.push_back(
        {CiscoPort(i), {{"primary-address", fmt::format("\"192.0.2.{}\"", 2 * i)}, {"prefix-length", "31"}}});
    parts[3].rows.push_back(
        {CiscoPort(i), {{"address", fmt::format("\"2001:db8::{}\"", 2 * i)}, {"prefix-length", "127"}}});
  }
  parts[4].path = "Cisco-IOS-XR-shellutil-oper:system-time/uptime";
  parts[4].rows.push_back({"", {{"host-name", R"("pe1")"}, {"uptime", "1648"}}});
  return parts;
}

std::string CiscoContent(const CiscoRow& row) {
  return List(static_cast<int>(row.content.size()), [&](int i) {
    const auto& [name, value] = row.content[static_cast<size_t>(i)];
    return fmt::format(R"("{}":{})", name, value);
  });
}

template <typename One>
std::string CiscoRows(const CiscoPart& part, const One& one) {
  return List(static_cast<int>(part.rows.size()),
              [&](int i) { return one(part.rows[static_cast<size_t>(i)]); });
}

template <typename One>
std::string CiscoMessages(const One& one) {
  const auto parts = CiscoParts();
  return "[" +
         List(static_cast<int>(parts.size()), [&](int i) { return one(parts[static_cast<size_t>(i)]); }) +
         "]";
}

std::string GpbField(const CiscoLeaf& leaf) {
  const auto& [name, value] = leaf;
  if (value.front() == '"') return fmt::format(R"({{"name":"{}","stringValue":{}}})", name, value);
  return fmt::format(R"({{"name":"{}","uint64Value":"{}"}})", name, value);
}

}  // namespace

std::string CiscoPipeline() {
  return CiscoMessages([](const CiscoPart& part) {
    return fmt::format(
        R"({{"Source":"192.0.2.1:57500","Telemetry":{{"node_id_str":"pe1","subscription_id_str":"s1","encoding_path":"{}",)"
        R"("collection_id":7,"msg_timestamp":1717747750123}},"Rows":[{}]}})",
        part.path, CiscoRows(part, [](const CiscoRow& row) {
          const std::string keys = row.port.empty() ? "" : R"("interface-name":")" + row.port + "\"";
          return fmt::format(R"({{"Timestamp":1717747750123,"Keys":{{{}}},"Content":{{{}}}}})", keys,
                             CiscoContent(row));
        }));
  });
}

std::string CiscoMdt() {
  return CiscoMessages([](const CiscoPart& part) {
    return fmt::format(
        R"({{"node_id_str":"pe1","subscription_id_str":"s1","encoding_path":"{}","collection_id":"7",)"
        R"("msg_timestamp":"1717747750123","data_json":[{}]}})",
        part.path, CiscoRows(part, [](const CiscoRow& row) {
          const std::string keys = row.port.empty() ? "{}" : R"([{"interface-name":")" + row.port + "\"}]";
          return fmt::format(R"({{"timestamp":"1717747750123","keys":{},"content":{{{}}}}})", keys,
                             CiscoContent(row));
        }));
  });
}

std::string GpbKv() {
  return CiscoMessages([](const CiscoPart& part) {
    return fmt::format(
        R"({{"nodeIdStr":"pe1","encodingPath":"{}","msgTimestamp":"1717747750123","dataGpbkv":[{}]}})",
        part.path, CiscoRows(part, [](const CiscoRow& row) {
          const std::string keys =
              row.port.empty() ? "" : GpbField({"interface-name", "\"" + row.port + "\""});
          return fmt::format(
              R"({{"timestamp":"1717747750123","fields":[{{"name":"keys","fields":[{}]}},{{"name":"content","fields":[{}]}}]}})",
              keys, List(static_cast<int>(row.content.size()), [&](int i) {
                return GpbField(row.content[static_cast<size_t>(i)]);
              }));
        }));
  });
}

}  // namespace ntsp::bench
