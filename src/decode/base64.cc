#include "decode/base64.h"

#include <array>
#include <cstdint>

namespace ntsp::decode {
namespace {

constexpr uint8_t kNone = 0x80;  // no value of six bits has this bit

constexpr std::array<uint8_t, 256> kValues = [] {
  std::array<uint8_t, 256> values{};
  values.fill(kNone);
  const auto set = [&](char c, int value) {
    values[static_cast<unsigned char>(c)] = static_cast<uint8_t>(value);
  };
  for (int i = 0; i < 26; ++i) {
    set(static_cast<char>('A' + i), i);
    set(static_cast<char>('a' + i), 26 + i);
  }
  for (int i = 0; i < 10; ++i) set(static_cast<char>('0' + i), 52 + i);
  set('+', 62), set('-', 62);
  set('/', 63), set('_', 63);
  return values;
}();

uint8_t Value(char c) {
  return kValues[static_cast<unsigned char>(c)];
}

std::string_view WithoutPadding(std::string_view text) {
  if (text.size() % 4 != 0) return text;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::string_view> DecodeBase64(std::string_view text, Arena& arena) {
  text = WithoutPadding(text);
  if (text.size() % 4 == 1) return std::nullopt;
  char* const begin = arena.Allocate(text.size() / 4 * 3 + 2);
  char* out = begin;
  uint8_t seen = 0;
  uint32_t bits = 0;
  const auto take = [&](size_t i) {
    const uint8_t value = Value(text[i]);
    seen |= value;
    bits = bits << 6 | value;
  };
  size_t i = 0;
  for (; i + 4 <= text.size(); i += 4, out += 3) {
    const uint8_t a = Value(text[i]), b = Value(text[i + 1]), c = Value(text[i + 2]), d = Value(text[i + 3]);
    seen |= a | b | c | d;
    out[0] = static_cast<char>(a << 2 | b >> 4);
    out[1] = static_cast<char>(b << 4 | c >> 2);
    out[2] = static_cast<char>(c << 6 | d);
  }
  const size_t rest = text.size() - i;
  for (; i < text.size(); ++i) take(i);
  if (rest == 2) *out++ = static_cast<char>(bits >> 4);
  if (rest == 3) {
    *out++ = static_cast<char>(bits >> 10);
    *out++ = static_cast<char>(bits >> 2);
  }
  if ((seen & kNone) != 0) return std::nullopt;
  return std::string_view(begin, static_cast<size_t>(out - begin));
}

}  // namespace ntsp::decode
