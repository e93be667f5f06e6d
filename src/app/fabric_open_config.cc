#include "app/fabric_open_config.h"

#include <fmt/format.h>

namespace ntsp::app {
namespace {

FabricObject System(const FabricNode& node) {
  return {"system/state",
          {},
          {TextLeaf("", "hostname", node.name), TextLeaf("", "software-version", node.version),
           LongLeaf("", "boot-time", Nanoseconds(node.boot_time))}};
}

FabricObject Chassis(const FabricNode& node) {
  return {"components/component/state",
          {{"component", "name", "Chassis"}},
          {TextLeaf("", "serial-no", node.serial_number), TextLeaf("", "model-name", node.platform)}};
}

// "SPEED_25GB", "SPEED_100MB"
std::string PortSpeed(uint64_t bps) {
  constexpr uint64_t kMega = 1'000'000, kGiga = 1000 * kMega;
  return bps % kGiga == 0 ? fmt::format("openconfig-if-ethernet:SPEED_{}GB", bps / kGiga)
                          : fmt::format("openconfig-if-ethernet:SPEED_{}MB", bps / kMega);
}

FabricObject State(const FabricInterface& i) {
  FabricObject state{"interfaces/interface",
                     {{"interface", "name", i.name}},
                     {TextLeaf("state", "admin-status", i.enabled ? "UP" : "DOWN"),
                      TextLeaf("state", "oper-status", i.up ? "UP" : "DOWN"),
                      NumberLeaf("state", "ifindex", i.ifindex), NumberLeaf("state", "mtu", i.mtu)}};
  if (i.last_change) state.leaves.push_back(LongLeaf("state", "last-change", Nanoseconds(*i.last_change)));
  state.leaves.push_back(TextLeaf("ethernet/state", "port-speed", PortSpeed(i.speed_bps)));
  return state;
}

FabricObject Counters(const FabricInterface& i) {
  return {"interfaces/interface/state/counters",
          {{"interface", "name", i.name}},
          {LongLeaf("", "in-octets", i.in.octets), LongLeaf("", "out-octets", i.out.octets),
           LongLeaf("", "in-unicast-pkts", i.in.unicast_packets),
           LongLeaf("", "out-unicast-pkts", i.out.unicast_packets), LongLeaf("", "in-errors", i.in.errors),
           LongLeaf("", "in-discards", i.in.discards),
           LongLeaf("", "carrier-transitions", i.carrier_transitions)}};
}

FabricObject Address(const FabricInterface& i, std::string_view family, std::string_view prefix) {
  const auto [ip, length] = SplitPrefix(prefix);
  return {fmt::format("interfaces/interface/subinterfaces/subinterface/{}/addresses/address", family),
          {{"interface", "name", i.name}, {"subinterface", "index", "0"}, {"address", "ip", std::string(ip)}},
          {TextLeaf("state", "ip", ip), NumberLeaf("state", "prefix-length", length),
           TextLeaf("state", "origin", "STATIC")}};
}

}  // namespace

std::vector<FabricObject> OpenConfigObjects(const FabricReport& report) {
  std::vector<FabricObject> objects = {System(*report.node), Chassis(*report.node)};
  for (const FabricInterface* i : report.interfaces) objects.push_back(State(*i));
  for (const FabricInterface* i : report.interfaces) objects.push_back(Counters(*i));
  for (const FabricInterface* i : report.addressed()) objects.push_back(Address(*i, "ipv4", i->ipv4_prefix));
  for (const FabricInterface* i : report.addressed()) objects.push_back(Address(*i, "ipv6", i->ipv6_prefix));
  return objects;
}

}  // namespace ntsp::app
