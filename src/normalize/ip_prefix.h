// IP addresses with or without a prefix length: "172.16.29.21/24", "2001:DB8::1". Host bits are kept: it is
// an address on an interface, not a network. Zones ("fe80::1%eth0") are not part of an address and are not
// read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/arena.h"

namespace ntsp::normalize {

struct IpPrefix {
  std::string_view address;       // canonical (RFC 5952; IPv4-mapped ones as ::ffff:192.0.2.1, and family 6)
  std::optional<uint8_t> length;  // absent: the text has none
  uint8_t family;                 // 4 or 6
};

constexpr uint8_t MaxPrefixLength(uint8_t family) {
  return family == 4 ? 32 : 128;
}

// `address` borrows from `text` if that is canonical already, else it is made in `arena`. Nothing for text
// that is not an address, and for a length that its family does not have.
std::optional<IpPrefix> ParseIpPrefix(std::string_view text, Arena& arena);

// The length that an IPv4 netmask says: "255.255.255.0" is 24. Nothing for text that is no mask.
std::optional<uint8_t> ParseNetmask(std::string_view text);

}  // namespace ntsp::normalize
