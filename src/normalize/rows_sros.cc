// Nokia SR OS's own state tree: ports, LAGs and router interfaces are the interfaces. Speeds of ports are
// Mbit/s, those of LAGs bit/s. The host name is only in the configuration.
#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

using enum Rule;

constexpr std::array kPort = {
    Interface("port-id", "interface_name", kInterfaceName),
    Interface("hardware-mac-address", "mac_address", kText),
};

constexpr std::array kPortEthernet = {
    Interface("oper-speed", "speed_bps", kMegabits),
    Interface("oper-mtu", "mtu", kMtu),
};

constexpr std::array kLag = {
    Interface("lag-name", "interface_name", kInterfaceName),
    Interface("bandwidth", "speed_bps", kSpeed),
};

constexpr std::array kRouterInterface = {
    Interface("oper-ip-mtu", "mtu", kMtu),
};

constexpr std::array kSystem = {
    Node("oper-name", "hostname"),
    Node("platform", "platform"),
};

constexpr std::array kVersion = {Node("version-number", "version")};
constexpr std::array kConfiguredName = {Node("name", "hostname")};

constexpr std::array kRows = {
    Container{"state/port", kPort},
    Container{"state/port", kInterfaceState},
    Container{"state/port/ethernet", kPortEthernet},
    Container{"state/port/statistics", kInterfaceCounters},
    Container{"state/port/ethernet/statistics", kInterfaceCounters},
    Container{"state/lag", kLag},
    Container{"state/lag", kInterfaceState},
    Container{"state/lag/statistics", kInterfaceCounters},
    Container{"state/router/interface", kInterfaceState},
    Container{"state/router/interface", kRouterInterface},
    Container{"state/router/interface/statistics", kInterfaceCounters},
    Container{"state/service/vprn/interface", kInterfaceState},
    Container{"state/service/vprn/interface", kRouterInterface},
    Container{"state/service/vprn/interface/statistics", kInterfaceCounters},
    Container{"state/service/ies/interface", kInterfaceState},
    Container{"state/service/ies/interface", kRouterInterface},
    Container{"state/service/ies/interface/statistics", kInterfaceCounters},
    Container{"state/system", kSystem},
    Container{"state/system/version", kVersion},
    Container{"configure/system", kConfiguredName},
};

}  // namespace

std::span<const Container> SrosRows() {
  return kRows;
}

}  // namespace ntsp::normalize
