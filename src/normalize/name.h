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

// As many characters as a Word has.
template <typename Word>
Word Load(const char* text) {
  Word word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// a == b, for names of four to thirty characters: compared by whole words instead of a call of memcmp. The
// last word may overlap the one before.
inline bool SameName(std::string_view a, std::string_view b) {
  const size_t size = a.size();
  if (size != b.size()) return false;
  if (size < 4) return a == b;
  if (size < 8) {
    return Load<uint32_t>(a.data()) == Load<uint32_t>(b.data()) &&
           Load<uint32_t>(a.data() + size - 4) == Load<uint32_t>(b.data() + size - 4);
  }
  for (size_t i = 0; i + 8 < size; i += 8) {
    if (Load<uint64_t>(a.data() + i) != Load<uint64_t>(b.data() + i)) return false;
  }
  return Load<uint64_t>(a.data() + size - 8) == Load<uint64_t>(b.data() + size - 8);
}

}  // namespace ntsp::normalize
