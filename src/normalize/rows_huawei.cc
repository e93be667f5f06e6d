// Huawei's own model (huawei-ifm, huawei-ip): configuration in the list entry itself, state in `dynamic`,
// counters in `mib-statistics`.
#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

using enum Rule;

constexpr std::array kInterface = {
    Interface("name", "interface_name", kInterfaceName),
    Interface("index", "ifindex"),
    Interface("admin-status", "admin_status", kAdminStatus),
    Interface("description", "description", kText),
    Interface("type", "type", kText),
    Fallback(Interface("mtu", "mtu", kMtu)),
    Fallback(Interface("mac-address", "mac_address", kText)),
    Fallback(Interface("bandwidth", "speed_bps", kSpeed)),
};

constexpr std::array kDynamic = {
    Interface("oper-status", "oper_status", kOperStatus),
    Interface("bandwidth", "speed_bps", kSpeed),
    Interface("mtu", "mtu", kMtu),
    Interface("mac-address", "mac_address", kText),
};

constexpr std::array kStatistics = {
    Interface("receive-byte", "in_octets"),
    Interface("send-byte", "out_octets"),
    Interface("receive-packet", "in_packets"),
    Interface("send-packet", "out_packets"),
    Interface("receive-unicast-packet", "in_unicast_packets"),
    Interface("send-unicast-packet", "out_unicast_packets"),
    Interface("receive-multicast-packet", "in_multicast_packets"),
    Interface("send-multicast-packet", "out_multicast_packets"),
    Interface("receive-broadcast-packet", "in_broadcast_packets"),
    Interface("send-broadcast-packet", "out_broadcast_packets"),
    Interface("receive-broad-packet", "in_broadcast_packets"),
    Interface("send-broad-packet", "out_broadcast_packets"),
    Interface("receive-error-packet", "in_errors"),
    Interface("send-error-packet", "out_errors"),
    Interface("receive-drop-packet", "in_discards"),
    Interface("send-drop-packet", "out_discards"),
    Interface("in-bit-rate", "in_bps"),
    Interface("out-bit-rate", "out_bps"),
    Interface("in-packet-rate", "in_pps"),
    Interface("out-packet-rate", "out_pps"),
};

constexpr std::array kAddressList = {
    Address("ip", "address_ip_prefix", Rule::kAddress),
    Address("mask", "prefix_length", kNetmask),
    Address("prefix-length", "prefix_length", kPrefixLength),
    Address("type", "type", kToken),
};

constexpr std::array kRows = {
    Container{"ifm/interfaces/interface", kInterface},
    Container{"ifm/interfaces/interface/dynamic", kDynamic},
    Container{"ifm/interfaces/interface/mib-statistics", kStatistics},
    Container{"ifm/interfaces/interface/common-statistics", kStatistics},
    Container{"ifm/interfaces/interface/ipv4/addresses/address", kAddressList},
    Container{"ifm/interfaces/interface/ipv6/addresses/address", kAddressList},
};

}  // namespace

std::span<const Container> HuaweiRows() {
  return kRows;
}

}  // namespace ntsp::normalize
