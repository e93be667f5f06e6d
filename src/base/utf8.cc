#include "base/utf8.h"

#include <cstdint>

namespace ntsp {
namespace {

bool IsContinuation(char c) {
  return (static_cast<uint8_t>(c) & 0xc0) == 0x80;
}

// What a lead byte announces: the length, and the allowed range of the byte behind it (RFC 3629, section 4),
// which is where overlong forms and surrogates show.
struct Lead {
  size_t length;
  uint8_t second_min, second_max;
};

Lead ReadLead(uint8_t byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return {2, 0x80, 0xbf};
  if (byte == 0xe0) return {3, 0xa0, 0xbf};
  if (byte == 0xed) return {3, 0x80, 0x9f};
  if (byte >= 0xe1 && byte <= 0xef) return {3, 0x80, 0xbf};
  if (byte == 0xf0) return {4, 0x90, 0xbf};
  if (byte == 0xf4) return {4, 0x80, 0x8f};
  if (byte >= 0xf1 && byte <= 0xf3) return {4, 0x80, 0xbf};
  return {0, 0, 0};
}

}  // namespace

size_t Utf8Length(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = static_cast<uint8_t>(text[0]);
  if (first < 0x80) return 1;
  const Lead lead = ReadLead(first);
  if (lead.length == 0 || text.size() < lead.length) return 0;
  const auto second = static_cast<uint8_t>(text[1]);
  if (second < lead.second_min || second > lead.second_max) return 0;
  for (size_t i = 2; i < lead.length; ++i) {
    if (!IsContinuation(text[i])) return 0;
  }
  return lead.length;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string_view CutUtf8(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t end = max_bytes;
  // Three steps back reach the start of any valid character; in junk there is nothing to keep whole.
  for (int steps = 0; steps < 3 && end > 0 && IsContinuation(text[end]); ++steps) --end;
  return text.substr(0, IsContinuation(text[end]) ? max_bytes : end);
}

}  // namespace ntsp
