// Messages that cannot be processed, one for each thing that goes wrong in practice.
#pragma once

#include <cstdint>
#include <string>

namespace ntsp::app {

inline constexpr uint64_t kBadKinds = 8;

// Makes a good message bad in way `kind` (0 to kBadKinds - 1): cut short, not UTF-8, empty, blank, text
// instead of JSON, of no known dialect, nested too deep, without the node's name (which the key has, too).
void MakeBad(std::string& key, std::string& value, uint64_t kind);

}  // namespace ntsp::app
