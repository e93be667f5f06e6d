// What the messages of all dialects are made of.
#pragma once

#include <string>

namespace ntsp::bench {

inline constexpr int kCounters = 9, kStates = 5,
                     kAddresses = 3;  // and as many IPv6 addresses, and one of node facts

// Things with commas between them: `one(i)` for 0 to count - 1.
template <typename One>
std::string List(int count, const One& one) {
  std::string list;
  for (int i = 0; i < count; ++i) list += (i > 0 ? "," : "") + one(i);
  return list;
}

inline std::string Octets(int i) {
  return std::to_string(82'349'234'000 + i * 7919);
}
inline std::string Packets(int i) {
  return std::to_string(61'500'200 + i * 104'729);
}

}  // namespace ntsp::bench
