// UTF-8 where text of unknown origin meets people (logs, alerts, status) or is made of bytes: keys of Kafka,
// escapes of paths. (Raw messages are checked by the parser.)
#pragma once

#include <cstddef>
#include <string_view>

namespace ntsp {

// Bytes of the character that `text` begins with, 1 to 4; 0 if it begins with no valid one (RFC 3629: no
// overlong forms, no surrogates, nothing beyond U+10FFFF) or is empty.
size_t Utf8Length(std::string_view text);

// Whether all of `text` is UTF-8.
bool IsUtf8(std::string_view text);

// The longest start of `text` that has at most `max_bytes` bytes and ends between two characters.
std::string_view CutUtf8(std::string_view text, size_t max_bytes);

}  // namespace ntsp
