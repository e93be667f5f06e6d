// A simulated data centre fabric: nodes with interfaces, addresses, counters that grow and links that go down
// now and then. The same seed and the same moments give the same fabric, on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/random.h"
#include "base/time.h"

namespace ntsp::app {

struct FabricCounters {
  uint64_t octets = 0;
  uint64_t unicast_packets = 0;
  uint64_t multicast_packets = 0;
  uint64_t errors = 0;
  uint64_t discards = 0;
};

struct FabricInterface {
  std::string name;
  uint32_t ifindex = 0;
  uint64_t speed_bps = 0;
  std::string ipv4_prefix;  // host bits kept
  std::string ipv6_prefix;
  bool up = true;
  Timestamp last_change;
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

// What one node says at one moment. Borrows from the fabric, until its next Report.
struct FabricReport {
  const FabricNode* node = nullptr;
  Timestamp time;
  std::vector<const FabricInterface*> interfaces;  // status and counters of each
  size_t addresses = 0;                            // of the first so many, both addresses
};

// Not thread-safe.
class Fabric {
 public:
  struct Options {
    uint32_t nodes = 16;
    uint32_t interfaces = 24;  // of each node
    uint64_t seed = 1;
  };

  // What a report covers: 1 set of facts, 6 states, 6 sets of counters, 4 IPv4 and 4 IPv6 addresses: 21
  // entries, about 4 kB in EDA's dialect.
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
