// Name-based identifiers (RFC 9562, version 5): the same name gives the same UUID, for ever and everywhere.
#pragma once

#include <array>
#include <string_view>

namespace ntsp {

// 36 characters: "74738ff5-5367-5958-9aee-98fffdcd1876".
using UuidText = std::array<char, 36>;

// UUIDv5 in the URL namespace. Thread-safe.
UuidText UrlUuid(std::string_view name);

inline std::string_view View(const UuidText& uuid) {
  return {uuid.data(), uuid.size()};
}

}  // namespace ntsp
