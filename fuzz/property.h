// Properties that must hold for any input: the first that does not ends the program, which is what libFuzzer
// and ctest take for a finding.
#pragma once

#include <string_view>

namespace ntsp::fuzz {

[[noreturn]] void Trap(const char* what, std::string_view detail = {});

inline void Require(bool holds, const char* what, std::string_view detail = {}) {
  if (!holds) Trap(what, detail);
}

}  // namespace ntsp::fuzz
