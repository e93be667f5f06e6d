// Names as devices spell them: "openconfig-interfaces:in-octets", "in_octets" and "In-Octets" are one name.
#pragma once

#include <cstddef>
#include <string_view>

namespace ntsp::normalize {

// "module:name" is `name`; so is an identity's "module:VALUE".
constexpr std::string_view WithoutModule(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Lower case with '_' for '-': how columns are named.
constexpr char Folded(char c) {
  if (c == '-') return '_';
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Equal but for case and '-' or '_'. Module prefixes count.
constexpr bool FoldedEqual(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && Folded(a[i]) != Folded(b[i])) return false;
  }
  return true;
}

}  // namespace ntsp::normalize
