#include "model/json_text.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace ntsp {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Whether the eight characters at `at` are digits.
bool EightDigits(const char* at) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  uint64_t c;
  std::memcpy(&c, at, sizeof(c));
  return ((c & kOnes * 0xF0) | (((c + kOnes * 0x06) & kOnes * 0xF0) >> 4)) == kOnes * 0x33;
}

[[gnu::always_inline]] inline const char* SkipDigits(const char* at, const char* end) {
  while (end - at >= 8 && EightDigits(at)) at += 8;
  while (at != end && IsDigit(*at)) ++at;
  return at;
}

// A character or a half of a surrogate pair, as four hex digits write it; negative if they do not.
int32_t ReadUnit(std::string_view hex) {
  if (hex.size() < 4) return -1;
  int32_t unit = 0;
  for (const char c : hex.substr(0, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (!IsDigit(c) && (lower < 'a' || lower > 'f')) return -1;
    unit = unit * 16 + (IsDigit(c) ? c - '0' : lower - 'a' + 10);
  }
  return unit;
}

// Takes what stands behind "\u"; negative if it is no character.
int32_t TakeCharacter(std::string_view& raw) {
  const int32_t unit = ReadUnit(raw);
  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return -1;
  raw.remove_prefix(4);
  if (unit < 0xD800 || unit > 0xDBFF) return unit;
  if (!raw.starts_with("\\u")) return -1;
  const int32_t low = ReadUnit(raw.substr(2));
  if (low < 0xDC00 || low > 0xDFFF) return -1;
  raw.remove_prefix(6);
  return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

char* PutUtf8(char* out, int32_t c) {
  const auto tail = [](int32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | c >> 6);
    *out++ = tail(c);
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xE0 | c >> 12);
    *out++ = tail(c >> 6);
    *out++ = tail(c);
  } else {
    *out++ = static_cast<char>(0xF0 | c >> 18);
    *out++ = tail(c >> 12);
    *out++ = tail(c >> 6);
    *out++ = tail(c);
  }
  return out;
}

char SimpleEscape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

static_assert(std::endian::native == std::endian::little);

// Takes what stands before the next backslash, eight bytes at a time: JSON inside a text has one at every
// quote. REQUIRES: room for all of `raw` at `out`.
char* CopyPlain(std::string_view& raw, char* out) {
  constexpr uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const char* at = raw.data();
  const char* const end = at + raw.size();
  for (; end - at >= 8; at += 8, out += 8) {
    uint64_t word;
    std::memcpy(&word, at, sizeof word);
    std::memcpy(out, &word, sizeof word);
    const uint64_t zeroed = word ^ (kOnes * '\\');  // a byte is zero where the backslash is
    const uint64_t found = (zeroed - kOnes) & ~zeroed & kHighs;
    if (found == 0) continue;
    const int plain = std::countr_zero(found) / 8;
    raw = {at + plain, static_cast<size_t>(end - at - plain)};
    return out + plain;
  }
  while (at != end && *at != '\\') *out++ = *at++;
  raw = {at, static_cast<size_t>(end - at)};
  return out;
}

}  // namespace

bool IsJsonNumber(std::string_view word) {
  const char* at = word.data();
  const char* const end = at + word.size();
  if (at != end && *at == '-') ++at;
  const char* const whole = at;
  at = SkipDigits(at, end);
  if (at == whole || (*whole == '0' && at - whole > 1)) return false;
  if (at == end) return true;
  if (at != end && *at == '.') {
    const char* const decimals = ++at;
    if ((at = SkipDigits(at, end)) == decimals) return false;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    if (++at != end && (*at == '+' || *at == '-')) ++at;
    const char* const exponent = at;
    if ((at = SkipDigits(at, end)) == exponent) return false;
  }
  return at == end;
}

std::optional<std::string_view> Unescape(std::string_view raw, Arena& arena) {
  char* const begin = arena.Allocate(raw.size());  // an escape is never shorter than what it stands for
  char* out = begin;
  while (!raw.empty()) {
    out = CopyPlain(raw, out);
    if (raw.empty()) break;
    const char escape = raw.size() > 1 ? raw[1] : '\0';
    raw.remove_prefix(std::min<size_t>(2, raw.size()));
    if (escape == 'u') {
      const int32_t character = TakeCharacter(raw);
      if (character < 0) return std::nullopt;
      out = PutUtf8(out, character);
    } else if (const char plain = SimpleEscape(escape); plain != '\0') {
      *out++ = plain;
    } else {
      return std::nullopt;
    }
  }
  return std::string_view(begin, static_cast<size_t>(out - begin));
}

}  // namespace ntsp
