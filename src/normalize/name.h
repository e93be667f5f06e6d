// Names as devices spell them: "openconfig-interfaces:in-octets", "in_octets" and "In-Octets" are one name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
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
  if (a == b) return true;  // by far the fastest, and the rule
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && Folded(a[i]) != Folded(b[i])) return false;
  }
  return true;
}

// a == b, for names of ten to thirty characters: whole words instead of a call of memcmp.
inline bool SameName(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto word = [](const char* text) {
    uint64_t eight;
    std::memcpy(&eight, text, sizeof eight);
    return eight;
  };
  const size_t size = a.size();
  if (size < 8) return a == b;
  for (size_t i = 0; i + 8 < size; i += 8) {
    if (word(a.data() + i) != word(b.data() + i)) return false;
  }
  return word(a.data() + size - 8) == word(b.data() + size - 8);
}

}  // namespace ntsp::normalize
