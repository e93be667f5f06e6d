#include "app/fabric_ios_xr.h"

#include <fmt/format.h>

namespace ntsp::app {
namespace {

uint32_t Wrapped(uint64_t counter) {
  return static_cast<uint32_t>(counter);
}

FabricObject Uptime(const FabricReport& report) {
  const int64_t micros = report.time.micros - report.node->boot_time.micros;
  return {"Cisco-IOS-XR-shellutil-oper:system-time/uptime",
          {},
          {TextLeaf("", "hostname", report.node->name),
           NumberLeaf("", "uptime", static_cast<uint32_t>(std::max<int64_t>(micros, 0) / 1'000'000))}};
}

const char* AdminState(const FabricInterface& i) {
  if (!i.enabled) return "im-state-admin-down";
  return i.up ? "im-state-up" : "im-state-down";
}

const char* LineState(const FabricInterface& i) {
  return i.up ? "im-state-up" : "im-state-down";
}

FabricObject State(const FabricInterface& i) {
  const auto kilobits = static_cast<uint32_t>(i.speed_bps / 1000);
  return {"Cisco-IOS-XR-pfi-im-cmd-oper:interfaces/interface-xr/interface",
          {{"interface", "interface-name", i.name}},
          {TextLeaf("", "state", AdminState(i)), TextLeaf("", "line-state", LineState(i)),
           NumberLeaf("", "mtu", i.mtu), NumberLeaf("", "bandwidth", kilobits),
           NumberLeaf("", "if-index", i.ifindex)}};
}

FabricObject Counters(const FabricInterface& i) {
  return {"Cisco-IOS-XR-infra-statsd-oper:infra-statistics/interfaces/interface/latest/generic-counters",
          {{"interface", "interface-name", i.name}},
          {LongLeaf("", "packets-received", i.in.packets), LongLeaf("", "bytes-received", i.in.octets),
           LongLeaf("", "packets-sent", i.out.packets), LongLeaf("", "bytes-sent", i.out.octets),
           LongLeaf("", "multicast-packets-received", i.in.multicast_packets),
           NumberLeaf("", "input-errors", Wrapped(i.in.errors)),
           NumberLeaf("", "input-drops", Wrapped(i.in.discards)),
           NumberLeaf("", "carrier-transitions", Wrapped(i.carrier_transitions))}};
}

std::vector<FabricKey> AddressKeys(const FabricInterface& i, std::string_view list) {
  return {
      {"node", "node-name", "0/RP0/CPU0"}, {"vrf", "vrf-name", "default"}, {list, "interface-name", i.name}};
}

FabricObject Ipv4(const FabricInterface& i) {
  const auto [ip, length] = SplitPrefix(i.ipv4_prefix);
  return {"Cisco-IOS-XR-ipv4-io-oper:ipv4-network/nodes/node/interface-data/vrfs/vrf/details/detail",
          AddressKeys(i, "detail"),
          {TextLeaf("", "primary-address", ip), NumberLeaf("", "prefix-length", length)}};
}

// A list of one entry, written as that entry.
FabricObject Ipv6(const FabricInterface& i) {
  const auto [ip, length] = SplitPrefix(i.ipv6_prefix);
  return {"Cisco-IOS-XR-ipv6-ma-oper:ipv6-network/nodes/node/interface-data/vrfs/vrf/briefs/brief",
          AddressKeys(i, "brief"),
          {TextLeaf("address", "address", ip), NumberLeaf("address", "prefix-length", length)}};
}

}  // namespace

std::vector<FabricObject> IosXrObjects(const FabricReport& report) {
  std::vector<FabricObject> objects = {Uptime(report)};
  for (const FabricInterface* i : report.interfaces) objects.push_back(State(*i));
  for (const FabricInterface* i : report.interfaces) objects.push_back(Counters(*i));
  for (const FabricInterface* i : report.addressed()) objects.push_back(Ipv4(*i));
  for (const FabricInterface* i : report.addressed()) objects.push_back(Ipv6(*i));
  return objects;
}

}  // namespace ntsp::app
