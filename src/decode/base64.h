// Base64 as proto3's JSON has it: of both alphabets (RFC 4648 sections 4 and 5), with or without padding.
#pragma once

#include <optional>
#include <string_view>

#include "base/arena.h"

namespace ntsp::decode {

// The bytes, in `arena`; nothing if a character is of neither alphabet or the length is impossible.
std::optional<std::string_view> DecodeBase64(std::string_view text, Arena& arena);

}  // namespace ntsp::decode
