// OpenConfig, as all vendors speak it. `config` containers say what is wanted, not what is: only an address
// and its length are taken from them, where `state` is silent.
#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

using enum Rule;

constexpr std::array kJunosState = {
    Interface("high-speed", "speed_bps", kMegabits),
};

constexpr std::array kEthernetState = {
    Fallback(Interface("negotiated-port-speed", "speed_bps", kSpeed)),
};

constexpr std::array kEthernetCounters = {
    Fallback(Interface("in-crc-errors", "in_fcs_errors")),
};

constexpr std::array kLagState = {
    Interface("lag-speed", "speed_bps", kMegabits),
};

constexpr std::array kAddressConfig = {
    Address("ip", "address_ip_prefix", kConfigAddress),
    Address("prefix-length", "prefix_length", kConfigPrefixLength),
};

constexpr std::array kMemory = {
    Node("physical", "memory_total_bytes", kCount),
    Node("used", "memory_used_bytes", kCount),
};

constexpr std::array kChassis = {
    LeafRow{"name", Table::kNode, kNoColumn, kComponentName},
    LeafRow{"type", Table::kNode, kNoColumn, kComponentType},
    Node("serial-no", "serial_number"),
    Node("mfg-name", "vendor"),
    Node("model-name", "platform"),
    Fallback(Node("part-no", "platform")),
};

constexpr std::array kRows = {
    Container{"interfaces/interface", kInterfaceState},
    Container{"interfaces/interface/state", kInterfaceState},
    Container{"interfaces/interface/state", kJunosState},
    Container{"interfaces/interface/state/counters", kInterfaceCounters},
    Container{"interfaces/interface/ethernet/state", kInterfaceState},
    Container{"interfaces/interface/ethernet/state", kEthernetState},
    Container{"interfaces/interface/ethernet/state/counters", kEthernetCounters},
    Container{"interfaces/interface/aggregation/state", kLagState},
    Container{"interfaces/interface/subinterfaces/subinterface", kInterfaceState},
    Container{"interfaces/interface/subinterfaces/subinterface", kSubinterfaceState},
    Container{"interfaces/interface/subinterfaces/subinterface/state", kInterfaceState},
    Container{"interfaces/interface/subinterfaces/subinterface/state", kSubinterfaceState},
    Container{"interfaces/interface/subinterfaces/subinterface/state", kJunosState},
    Container{"interfaces/interface/subinterfaces/subinterface/state/counters", kInterfaceCounters},
    Container{"interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address", kAddressState},
    Container{"interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address/state", kAddressState},
    Container{"interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address/config",
              kAddressConfig},
    Container{"interfaces/interface/subinterfaces/subinterface/ipv6/addresses/address", kAddressState},
    Container{"interfaces/interface/subinterfaces/subinterface/ipv6/addresses/address/state", kAddressState},
    Container{"interfaces/interface/subinterfaces/subinterface/ipv6/addresses/address/config",
              kAddressConfig},
    Container{"interfaces/interface/routed-vlan/ipv4/addresses/address", kAddressState},
    Container{"interfaces/interface/routed-vlan/ipv4/addresses/address/state", kAddressState},
    Container{"interfaces/interface/routed-vlan/ipv4/addresses/address/config", kAddressConfig},
    Container{"interfaces/interface/routed-vlan/ipv6/addresses/address", kAddressState},
    Container{"interfaces/interface/routed-vlan/ipv6/addresses/address/state", kAddressState},
    Container{"interfaces/interface/routed-vlan/ipv6/addresses/address/config", kAddressConfig},
    Container{"system/state", kNodeFacts},
    Container{"system/memory/state", kMemory},
    Container{"system/cpus/cpu/state/total", kCpuTotal},
    Container{"components/component", kChassis},
    Container{"components/component/state", kChassis},
};

}  // namespace

std::span<const Container> OpenConfigRows() {
  return kRows;
}

}  // namespace ntsp::normalize
