// IETF interfaces (RFC 8343) and IP (RFC 8344): state stands in the list entry itself, which
// rows_openconfig.cc has (interfaces/interface), counters below. `interfaces-state` is of their first edition
// (RFC 7223).
#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

using enum Rule;

constexpr std::array kStatistics = {
    Interface("discontinuity-time", "last_clear", kTime),
};

constexpr std::array kAddressMask = {
    Address("netmask", "prefix_length", kNetmask),
};

constexpr std::array kRows = {
    Container{"interfaces/interface/statistics", kInterfaceCounters},
    Container{"interfaces/interface/statistics", kStatistics},
    Container{"interfaces/interface/ipv4/address", kAddressState},
    Container{"interfaces/interface/ipv4/address", kAddressMask},
    Container{"interfaces/interface/ipv6/address", kAddressState},
    Container{"interfaces-state/interface", kInterfaceState},
    Container{"interfaces-state/interface/statistics", kInterfaceCounters},
    Container{"interfaces-state/interface/statistics", kStatistics},
    Container{"interfaces-state/interface/ipv4/address", kAddressState},
    Container{"interfaces-state/interface/ipv4/address", kAddressMask},
    Container{"interfaces-state/interface/ipv6/address", kAddressState},
};

}  // namespace

std::span<const Container> IetfRows() {
  return kRows;
}

}  // namespace ntsp::normalize
