// SHA-256, and what signatures are made of.
#pragma once

#include <string>
#include <string_view>

namespace ntsp {

// 32 bytes, not text.
std::string Sha256(std::string_view data);
std::string HmacSha256(std::string_view key, std::string_view data);

// Two lower-case digits a byte.
std::string Hex(std::string_view bytes);
// RFC 4648, section 5, without padding.
std::string Base64Url(std::string_view bytes);

}  // namespace ntsp
