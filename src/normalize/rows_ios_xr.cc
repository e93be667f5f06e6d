// Cisco IOS-XR's own models: pfi-im-cmd-oper (state), infra-statsd-oper (counters, rates), ipv4-io-oper and
// ipv6-ma-oper (addresses), shellutil-oper (the node). A subinterface is an interface with a name of its own,
// Te0/0/0/16.12. All speeds and rates are kbit/s.
//
// last-state-transition-time is left to `extra`: it counts the seconds since, and names no time.
#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

using enum Rule;

constexpr std::array kState = {
    Interface("interface-name", "interface_name", kInterfaceName),
    Interface("state", "admin_status", kXrAdminState),
    Fallback(Interface("actual-state", "admin_status", kXrAdminState)),
    Interface("line-state", "oper_status", kXrLineState),
    Fallback(Interface("actual-line-state", "oper_status", kXrLineState)),
    Interface("description", "description", kText),
    Interface("interface-type", "type", kText),
    Fallback(Interface("type", "type", kText)),
    Interface("mtu", "mtu", kMtu),
    Interface("if-index", "ifindex"),
    Interface("bandwidth", "speed_bps", kKilobits),
    Fallback(Interface("bandwidth64-bit", "speed_bps", kKilobits)),
    Fallback(Interface("speed", "speed_bps", kKilobits)),
};

constexpr std::array kMacAddress = {Interface("address", "mac_address", kText)};
constexpr std::array kBurnedInAddress = {Fallback(Interface("address", "mac_address", kText))};

constexpr std::array kCounters = {
    Interface("interface-name", "interface_name", kInterfaceName),
    Interface("bytes-received", "in_octets"),
    Interface("bytes-sent", "out_octets"),
    Interface("packets-received", "in_packets"),
    Interface("packets-sent", "out_packets"),
    Interface("multicast-packets-received", "in_multicast_packets"),
    Interface("multicast-packets-sent", "out_multicast_packets"),
    Interface("broadcast-packets-received", "in_broadcast_packets"),
    Interface("broadcast-packets-sent", "out_broadcast_packets"),
    Interface("input-errors", "in_errors"),
    Interface("output-errors", "out_errors"),
    Interface("input-drops", "in_discards"),
    Interface("output-drops", "out_discards"),
    Interface("crc-errors", "in_fcs_errors"),
    Interface("carrier-transitions", "carrier_transitions"),
    Interface("last-discontinuity-time", "last_clear", kTime),
};

constexpr std::array kRates = {
    Interface("interface-name", "interface_name", kInterfaceName),
    Fallback(Interface("bandwidth", "speed_bps", kKilobits)),
    Interface("input-data-rate", "in_bps", kKilobits),
    Interface("output-data-rate", "out_bps", kKilobits),
    Interface("input-packet-rate", "in_pps"),
    Interface("output-packet-rate", "out_pps"),
};

constexpr std::array kPrimaryAddress = {
    Address("interface-name", "interface_name", kInterfaceName),
    Address("primary-address", "address_ip_prefix", kAddress),
    Address("prefix-length", "prefix_length", kPrefixLength),
    Address("vrf-name", "network_instance", kText),
};

constexpr std::array kListedAddress = {
    Address("address", "address_ip_prefix", kAddress),
    Address("prefix-length", "prefix_length", kPrefixLength),
};

constexpr std::array kRows = {
    Container{"interfaces/interface-xr/interface", kState},
    Container{"interfaces/interface-xr/interface/mac-address", kMacAddress},
    Container{"interfaces/interface-xr/interface/burned-in-address", kBurnedInAddress},
    Container{"interfaces/interface-xr/interface/data-rates", kRates},
    Container{"interfaces/interface-xr/interface/interface-statistics/full-interface-stats", kCounters},
    Container{"interfaces/interfaces/interface", kState},
    Container{"interfaces/interface-briefs/interface-brief", kState},

    Container{"infra-statistics/interfaces/interface/generic-counters", kCounters},
    Container{"infra-statistics/interfaces/interface/latest/generic-counters", kCounters},
    Container{"infra-statistics/interfaces/interface/cache/generic-counters", kCounters},
    Container{"infra-statistics/interfaces/interface/total/generic-counters", kCounters},
    Container{"infra-statistics/interfaces/interface/data-rate", kRates},
    Container{"infra-statistics/interfaces/interface/latest/data-rate", kRates},

    Container{"ipv4-network/nodes/node/interface-data/vrfs/vrf/details/detail", kPrimaryAddress},
    Container{"ipv4-network/nodes/node/interface-data/vrfs/vrf/details/detail/secondary-address",
              kListedAddress},
    Container{"ipv4-network/nodes/node/interface-data/vrfs/vrf/briefs/brief", kPrimaryAddress},
    Container{"ipv4-network/interfaces/interface/vrfs/vrf/detail", kPrimaryAddress},
    Container{"ipv4-network/interfaces/interface/vrfs/vrf/detail/secondary-address", kListedAddress},
    Container{"ipv4-network/interfaces/interface/vrfs/vrf/brief", kPrimaryAddress},
    Container{"ipv6-network/nodes/node/interface-data/vrfs/vrf/briefs/brief/address", kListedAddress},
    Container{"ipv6-network/nodes/node/interface-data/vrfs/vrf/global-details/global-detail/address",
              kListedAddress},

    Container{"system-time/uptime", kNodeFacts},
};

}  // namespace

std::span<const Container> IosXrRows() {
  return kRows;
}

}  // namespace ntsp::normalize
