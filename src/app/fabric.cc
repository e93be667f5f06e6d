#include "app/fabric.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ntsp::app {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr Timestamp kBuilt{1'760'000'000 * kSecond};  // boot times lie around it
// A link is looked at once a report; so a link of a fabric with the default options flaps every few minutes.
constexpr uint64_t kReportsPerFlap = 600;
constexpr uint64_t kReportsPerError = 40;

constexpr std::array<std::string_view, 3> kPlatforms = {"7220 IXR-D2L", "7220 IXR-D3L", "7220 IXR-H3"};

std::string_view Role(uint32_t number) {
  return number % 8 == 0 ? "spine" : "leaf";
}

std::string NodeName(uint32_t number) {
  return fmt::format("{}{:03}", Role(number), number + 1);
}

}  // namespace

Fabric::Fabric(const Options& options) : random_(options.seed) {
  for (uint32_t number = 0; number < std::max(options.nodes, 1u); ++number) {
    nodes_.push_back(MakeNode(number));
    for (uint32_t i = 0; i < std::max(options.interfaces, 1u); ++i) {
      nodes_.back().interfaces.push_back(MakeInterface(number, i));
    }
  }
}

FabricNode Fabric::MakeNode(uint32_t number) {
  FabricNode node;
  node.name = NodeName(number);
  node.platform = kPlatforms[random_.Below(kPlatforms.size())];
  node.version = fmt::format("v25.{}.{}", 3 + 4 * random_.Below(3), 1 + random_.Below(3));
  node.serial_number = fmt::format("NT{:010d}", random_.Below(10'000'000'000));
  node.management_address = fmt::format("192.0.2.{}", 1 + number % 254);
  node.location = fmt::format("hall {} rack {}", 1 + number / 32, 1 + number % 32);
  node.boot_time = {kBuilt.micros + static_cast<int64_t>(random_.Below(86'400)) * kSecond};
  return node;
}

FabricInterface Fabric::MakeInterface(uint32_t node, uint32_t number) {
  FabricInterface interface;
  interface.name = fmt::format("ethernet-1/{}", number + 1);
  interface.ifindex = 16384 * (number + 1) - 2;
  interface.speed_bps = number % 6 == 0 ? 100'000'000'000 : 25'000'000'000;
  interface.ipv4_prefix = fmt::format("10.{}.{}.{}/31", node % 256, number % 256, 2 * random_.Below(128));
  interface.ipv6_prefix =
      fmt::format("2001:db8:{:x}:{:x}::{:x}/127", node, number, 2 * (1 + random_.Below(127)));
  interface.in.octets = random_.Below(uint64_t{1} << 36);
  interface.out.octets = random_.Below(uint64_t{1} << 36);
  for (FabricCounters* counters : {&interface.in, &interface.out}) {
    counters->packets = counters->unicast_packets = counters->octets / 700;
  }
  return interface;
}

void Fabric::Flap(FabricInterface& interface, Timestamp now) {
  // What is down comes back soon.
  if (!random_.OneIn(interface.up ? kReportsPerFlap : 5)) return;
  interface.up = !interface.up;
  interface.last_change = now;
  ++interface.carrier_transitions;
}

void Fabric::Advance(FabricInterface& interface, Timestamp now) {
  Flap(interface, now);
  if (!interface.up) return;
  for (FabricCounters* counters : {&interface.in, &interface.out}) {
    // Up to a tenth of the line in one second.
    const uint64_t octets = random_.Below(interface.speed_bps / 80);
    counters->octets += octets;
    const uint64_t unicast = octets / 700, multicast = random_.Below(8);
    counters->unicast_packets += unicast;
    counters->multicast_packets += multicast;
    counters->packets += unicast + multicast;
    counters->errors += random_.OneIn(kReportsPerError) ? 1 : 0;
    counters->discards += random_.OneIn(kReportsPerError) ? random_.Below(20) : 0;
  }
}

FabricReport Fabric::Report(Timestamp now) {
  const uint64_t turn = turn_++;
  FabricNode& node = nodes_[turn % nodes_.size()];
  FabricReport report{&node, now, {}, 0};
  const size_t count = std::min<size_t>(kInterfacesOfReport, node.interfaces.size());
  const size_t first = turn / nodes_.size() * count;
  for (size_t i = 0; i < count; ++i) {
    FabricInterface& interface = node.interfaces[(first + i) % node.interfaces.size()];
    Advance(interface, now);
    report.interfaces.push_back(&interface);
  }
  report.addresses = std::min<size_t>(kAddressesOfReport, count);
  return report;
}

}  // namespace ntsp::app
