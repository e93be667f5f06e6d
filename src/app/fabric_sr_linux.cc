#include "app/fabric_sr_linux.h"

#include <fmt/format.h>

namespace ntsp::app {
namespace {

constexpr const char* kInterface = "srl_nokia-interfaces:interface";

FabricObject Chassis(const FabricNode& node) {
  return {"srl_nokia-platform:platform/srl_nokia-platform-chassis:chassis",
          {},
          {TextLeaf("", "type", node.platform), TextLeaf("", "serial-number", node.serial_number)}};
}

FabricObject Information(const FabricNode& node) {
  return {"srl_nokia-system:system/srl_nokia-system-info:information",
          {},
          {TextLeaf("", "version", node.version), TextLeaf("", "location", node.location),
           TextLeaf("", "last-booted", MillisText(node.boot_time))}};
}

// "25G", "800G", "1T"
std::string PortSpeed(uint64_t bps) {
  constexpr uint64_t kMega = 1'000'000, kGiga = 1000 * kMega, kTera = 1000 * kGiga;
  if (bps % kTera == 0) return fmt::format("{}T", bps / kTera);
  return bps % kGiga == 0 ? fmt::format("{}G", bps / kGiga) : fmt::format("{}M", bps / kMega);
}

FabricObject State(const FabricInterface& i) {
  FabricObject state{kInterface,
                     {{"interface", "name", i.name}},
                     {TextLeaf("", "admin-state", i.enabled ? "enable" : "disable"),
                      TextLeaf("", "oper-state", i.up ? "up" : "down"), NumberLeaf("", "ifindex", i.ifindex),
                      NumberLeaf("", "mtu", i.mtu)}};
  if (i.last_change) state.leaves.push_back(TextLeaf("", "last-change", MillisText(*i.last_change)));
  state.leaves.push_back(TextLeaf("ethernet", "port-speed", PortSpeed(i.speed_bps)));
  return state;
}

FabricObject Counters(const FabricInterface& i) {
  return {fmt::format("{}/statistics", kInterface),
          {{"interface", "name", i.name}},
          {LongLeaf("", "in-octets", i.in.octets), LongLeaf("", "out-octets", i.out.octets),
           LongLeaf("", "in-unicast-packets", i.in.unicast_packets),
           LongLeaf("", "out-unicast-packets", i.out.unicast_packets),
           LongLeaf("", "in-error-packets", i.in.errors), LongLeaf("", "in-discarded-packets", i.in.discards),
           LongLeaf("", "carrier-transitions", i.carrier_transitions)}};
}

FabricObject Address(const FabricInterface& i, std::string_view family, const std::string& prefix) {
  return {fmt::format("{}/subinterface/{}/address", kInterface, family),
          {{"interface", "name", i.name}, {"subinterface", "index", "0"}, {"address", "ip-prefix", prefix}},
          {TextLeaf("", "origin", "static"), TextLeaf("", "status", "preferred")}};
}

}  // namespace

std::vector<FabricObject> SrLinuxObjects(const FabricReport& report) {
  std::vector<FabricObject> objects = {Chassis(*report.node), Information(*report.node)};
  for (const FabricInterface* i : report.interfaces) objects.push_back(State(*i));
  for (const FabricInterface* i : report.interfaces) objects.push_back(Counters(*i));
  for (const FabricInterface* i : report.addressed()) objects.push_back(Address(*i, "ipv4", i->ipv4_prefix));
  for (const FabricInterface* i : report.addressed()) objects.push_back(Address(*i, "ipv6", i->ipv6_prefix));
  return objects;
}

}  // namespace ntsp::app
