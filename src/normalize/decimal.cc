#include "normalize/decimal.h"

#include <array>
#include <bit>
#include <charconv>
#include <limits>

#include "normalize/name.h"

namespace ntsp::normalize {
namespace {

constexpr int kMaxExponent = 400;  // beyond it only zero is in range

constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

constexpr uint64_t kEachByte = 0x0101010101010101;
constexpr std::array<uint64_t, 8> kPowersOfTen = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000};

// Eight characters as one word, the first one lowest.
static_assert(std::endian::native == std::endian::little);
uint64_t EightCharacters(const char* text) {
  return Load<uint64_t>(text);
}

// Digits are 0x30 to 0x39: their upper half is 3, and stays 3 when 6 is added.
bool IsEightDigits(uint64_t word) {
  constexpr uint64_t kUpperHalves = kEachByte * 0xF0;
  const uint64_t plus_six = word + kEachByte * 6;
  return ((word & kUpperHalves) | (plus_six & kUpperHalves) >> 4) == kEachByte * 0x33;
}

// Neighbours are joined: eight numbers below 10 are four below 100, two below 10^4, one below 10^8.
uint64_t EightDigits(uint64_t word) {
  word -= kEachByte * '0';
  word = (word * 10 + (word >> 8)) & 0x00FF00FF00FF00FF;
  word = (word * 100 + (word >> 16)) & 0x0000FFFF0000FFFF;
  return (word * 10000 + (word >> 32)) & 0xFFFFFFFF;
}

bool TimesTenPlus(uint64_t& number, uint64_t digit) {
  constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
  if (number > (kMax - digit) / 10) return false;
  number = number * 10 + digit;
  return true;
}

// "123", "1.5", ".5" is not one: digits with a point between them.
struct Mantissa {
  std::string_view digits;  // with the point
  size_t decimals;
};

std::optional<Mantissa> ReadMantissa(std::string_view text) {
  const size_t point = text.find('.');
  for (size_t i = 0; i < text.size(); ++i) {
    if (i != point && !IsDigit(text[i])) return std::nullopt;
  }
  if (text.empty() || point == 0 || point + 1 == text.size()) return std::nullopt;
  return Mantissa{text, point == std::string_view::npos ? 0 : text.size() - point - 1};
}

std::optional<int> ReadExponent(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return exponent;
}

}  // namespace

bool ShortInteger(std::string_view text, uint64_t& number) {
  const char* at = text.data();
  const char* const end = at + text.size();
  if (text.empty() || text.size() > 19) return false;
  number = 0;
  for (; end - at >= 8; at += 8) {
    const uint64_t word = EightCharacters(at);
    if (!IsEightDigits(word)) return false;
    number = number * 100'000'000 + EightDigits(word);
  }
  if (at == end) return true;
  if (text.size() >= 8) {
    // The rest is the end of the last eight characters; those before it have been counted and become zeros.
    const auto left = static_cast<size_t>(end - at);
    const uint64_t counted = ~uint64_t{0} >> (8 * left);
    const uint64_t word = (EightCharacters(end - 8) & ~counted) | (kEachByte * '0' & counted);
    if (!IsEightDigits(word)) return false;
    number = number * kPowersOfTen[left] + EightDigits(word);
    return true;
  }
  for (; at != end; ++at) {
    if (!IsDigit(*at)) return false;
    number = number * 10 + static_cast<uint64_t>(*at - '0');
  }
  return true;
}

std::optional<uint64_t> ScaledDecimal(std::string_view text, int exponent) {
  if (uint64_t whole; exponent >= 0 && ShortInteger(text, whole)) {  // as nearly all are
    for (; exponent > 0 && whole != 0; --exponent) {
      if (!TimesTenPlus(whole, 0)) return std::nullopt;
    }
    return whole;
  }
  if (const size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    const auto own = ReadExponent(text.substr(e + 1));
    if (!own || *own > kMaxExponent || *own < -kMaxExponent) return std::nullopt;
    exponent += *own;
    text = text.substr(0, e);
  }
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto mantissa = ReadMantissa(text);
  if (!mantissa) return std::nullopt;
  // Digit i stands for digit * 10^power; those below the unit must all be zero.
  int64_t power = exponent + static_cast<int64_t>(text.size()) - static_cast<int64_t>(mantissa->decimals) -
                  (mantissa->decimals > 0 ? 1 : 0);
  uint64_t number = 0;
  for (char c : mantissa->digits) {
    if (c == '.') continue;
    --power;
    if (power < 0 ? c != '0' : !TimesTenPlus(number, static_cast<uint64_t>(c - '0'))) return std::nullopt;
  }
  for (; power > 0 && number != 0; --power) {
    if (!TimesTenPlus(number, 0)) return std::nullopt;
  }
  if (negative && number != 0) return std::nullopt;
  return number;
}

}  // namespace ntsp::normalize
