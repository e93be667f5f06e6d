// A simulated data centre fabric: nodes with interfaces, addresses, counters that grow and links that go down
// now and then. The same seed and the same moments give the same fabric, on every machine.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/random.h"
#include "base/time.h"

namespace ntsp::app {

struct FabricCounters {
  uint64_t octets = 0;
  uint64_t packets = 0;  // all of them
  uint64_t unicast_packets = 0;
  uint64_t multicast_packets = 0;
  uint64_t errors = 0;
  uint64_t discards = 0;
};

struct FabricInterface {
  std::string name;
  uint32_t ifindex = 0;
  uint32_t mtu = 9232;
  uint64_t speed_bps = 0;   // of an Ethernet port: a whole number of Mbit/s
  std::string ipv4_prefix;  // host bits kept
  std::string ipv6_prefix;
  bool enabled = true;                   // by the administrator
  bool up = true;                        // never while it is not enabled
  std::optional<Timestamp> last_change;  // absent: none since the simulation began
  uint64_t carrier_transitions = 0;
  FabricCounters in, out;
};

struct FabricNode {
  std::string name;
  std::string platform;
  std::string version;
  std::string serial_number;
  std::string management_address;
  std::string location;
  Timestamp boot_time;
  std::vector<FabricInterface> interfaces;
};

// The EDA namespace of all nodes.
inline constexpr std::string_view kFabricNamespace = "dc1";

// What one node says at one moment. Borrows from the fabric, until its next Report.
struct FabricReport {
  const FabricNode* node = nullptr;
  Timestamp time;
  std::vector<const FabricInterface*> interfaces;  // status and counters of each
  size_t addresses = 0;                            // of the first so many, both addresses

  std::span<const FabricInterface* const> addressed() const { return std::span(interfaces).first(addresses); }
};

// Not thread-safe.
class Fabric {
 public:
  struct Options {
    uint32_t nodes = 16;
    uint32_t interfaces = 24;  // of each node
    uint64_t seed = 1;
  };

  // What a report covers: facts, 6 states, 6 sets of counters, 4 IPv4 and 4 IPv6 addresses: 21 entries and
  // about 4 kB in most dialects; 22 in those that have the facts in two places.
  static constexpr uint32_t kInterfacesOfReport = 6;
  static constexpr uint32_t kAddressesOfReport = 4;

  explicit Fabric(const Options& options);

  // The nodes take turns, and so do the interfaces of each. `now` is when the node says it.
  FabricReport Report(Timestamp now);

  const std::vector<FabricNode>& nodes() const { return nodes_; }

 private:
  FabricNode MakeNode(uint32_t number);
  FabricInterface MakeInterface(uint32_t node, uint32_t number);
  void Advance(FabricInterface& interface, Timestamp now);
  void Flap(FabricInterface& interface, Timestamp now);

  Random random_;
  std::vector<FabricNode> nodes_;
  uint64_t turn_ = 0;
};

}  // namespace ntsp::app
