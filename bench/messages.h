// Raw messages to measure with: about 4 kB or a little more, with 21 elements as devices and collectors send
// them (9 of counters, 5 of interface state, 3 IPv4 and 3 IPv6 addresses, 1 of node facts), once in every
// dialect.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ntsp::bench {

struct Message {
  std::string_view name;  // of the dialect, and of the variant where it has several
  std::string value;
};

// The first is EDA's, which the others are compared with.
std::span<const Message> Messages();

}  // namespace ntsp::bench
