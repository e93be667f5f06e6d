#include "normalize/value.h"

#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>

#include "normalize/name.h"

namespace ntsp::normalize {
namespace {

using Kind = Scalar::Kind;
using Word = std::pair<std::string_view, std::string_view>;  // as written, folded to '_'; what it means

constexpr uint64_t kUnlimitedMtu = 4294967295;  // Junos on lo0 and lsi
constexpr int kMaxExponent = 400;               // beyond it only zero is in range, and reads as zero anyway

bool IsNumberOrText(const Scalar& value) {
  return value.kind == Kind::kNumber || value.kind == Kind::kText;
}

constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

constexpr uint64_t kEachByte = 0x0101010101010101;
constexpr std::array<uint64_t, 8> kPowersOfTen = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000};

// As one word, the first character lowest.
uint64_t EightCharacters(const char* text) {
  static_assert(std::endian::native == std::endian::little);
  uint64_t word;
  std::memcpy(&word, text, sizeof word);
  return word;
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

// Most values are plain integers of few digits: no sign, no point, no overflow to look for.
// False, and `number` undefined, for all other text. (Not an optional: compilers pass it through memory here,
// which costs more than the digits.)
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

template <size_t N>
std::optional<std::string_view> Meaning(const Scalar& value, const std::array<Word, N>& words) {
  if (value.kind != Kind::kText && value.kind != Kind::kBool) return std::nullopt;
  for (const auto& [word, meaning] : words) {
    if (value.text == word) return meaning;  // as most are written
  }
  std::string_view text = WithoutModule(value.text);
  constexpr std::string_view kXrPrefix = "im-state-";
  if (FoldedEqual(text.substr(0, kXrPrefix.size()), kXrPrefix)) text.remove_prefix(kXrPrefix.size());
  for (const auto& [word, meaning] : words) {
    if (FoldedEqual(text, word)) return meaning;
  }
  return std::nullopt;
}

constexpr std::array kAdminWords = {
    Word{"up", "up"},      Word{"enable", "up"},     Word{"down", "down"},       Word{"disable", "down"},
    Word{"true", "up"},    Word{"false", "down"},    Word{"admin_down", "down"}, Word{"shutdown", "down"},
    Word{"enabled", "up"}, Word{"disabled", "down"}, Word{"testing", "testing"},
};

constexpr std::array kOperWords = {
    Word{"up", "up"},
    Word{"down", "down"},
    Word{"lower_layer_down", "lower-layer-down"},
    Word{"not_present", "not-present"},
    Word{"dormant", "dormant"},
    Word{"testing", "testing"},
    Word{"unknown", "unknown"},
    // SR Linux: nothing is plugged in; it broke.
    Word{"empty", "not-present"},
    Word{"failed", "down"},
    // IOS-XR's line-state: the ways of being down.
    Word{"not_ready", "down"},
    Word{"admin_down", "down"},
    Word{"shutdown", "down"},
    Word{"err_disable", "down"},
    Word{"down_immediate", "down"},
    Word{"down_immediate_admin", "down"},
    Word{"down_graceful", "down"},
    Word{"down_graceful_admin", "down"},
};

// Only a shut interface is administratively down; all other states of IOS-XR say how it does while it is up.
std::optional<std::string_view> ReadXrAdminState(const Scalar& value) {
  constexpr std::array<std::string_view, 3> kShut = {"admin-down", "immediate-admin", "shutdown"};
  if (value.kind != Kind::kText || !value.text.starts_with("im-state-")) return ReadAdminStatus(value);
  for (std::string_view word : kShut) {
    if (value.text.ends_with(word)) return "down";
  }
  return "up";
}

Reading SetText(std::optional<std::string_view> text, ColumnIndex c, Record& record) {
  if (!text) return Reading::kUnreadable;
  record.Set(c, *text);
  return Reading::kValue;
}

Reading SetUint(std::optional<uint64_t> number, ColumnIndex c, Record& record) {
  if (!number) return Reading::kUnreadable;
  record.Set(c, *number);
  return Reading::kValue;
}

Reading SetCount(const Scalar& value, ColumnIndex c, Record& record) {
  uint64_t number;
  if (IsNumberOrText(value) && ShortInteger(value.text, number)) {
    record.Set(c, number);
    return Reading::kValue;
  }
  return SetUint(ReadUint(value), c, record);
}

Reading SetScaled(const Scalar& value, int exponent, ColumnIndex c, Record& record) {
  if (!IsNumberOrText(value)) return Reading::kUnreadable;
  return SetUint(ScaledDecimal(value.text, exponent), c, record);
}

Reading SetMtu(const Scalar& value, ColumnIndex c, Record& record) {
  const auto mtu = ReadUint(value);
  if (mtu == kUnlimitedMtu) return Reading::kNone;
  return SetUint(mtu, c, record);
}

// "25G" and "SPEED_2500MB": both are a number and the letter of its power of ten.
Reading SetSpeed(const Scalar& value, ColumnIndex c, Record& record) {
  if (value.kind != Kind::kText) return SetUint(ReadUint(value), c, record);
  std::string_view text = WithoutModule(value.text);
  constexpr std::string_view kIdentity = "SPEED_";
  if (text.starts_with(kIdentity)) {
    text.remove_prefix(kIdentity.size());
    if (text == "UNKNOWN") return Reading::kNone;
    if (text.ends_with('B')) text.remove_suffix(1);
  }
  int exponent = 0;
  if (!text.empty()) {
    constexpr std::string_view kUnits = "KMGT";
    const char last = text.back() == 'k' ? 'K' : text.back();
    if (const size_t unit = kUnits.find(last); unit != std::string_view::npos) {
      exponent = 3 * (static_cast<int>(unit) + 1);
      text.remove_suffix(1);
    }
  }
  return SetUint(ScaledDecimal(text, exponent), c, record);
}

Reading SetTime(const Scalar& value, ColumnIndex c, Record& record) {
  std::optional<Timestamp> time;
  const bool is_date = value.kind == Kind::kText && value.text.size() > 4 && value.text[4] == '-';
  if (is_date) {
    time = ParseRfc3339(value.text);
  } else if (const auto number = ReadUint(value)) {
    if (*number == 0) return Reading::kNone;
    if (*number <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      time = FromEpoch(static_cast<int64_t>(*number));
    }
  }
  if (!time) return Reading::kUnreadable;
  record.Set(c, *time);
  return Reading::kValue;
}

Reading SetPercent(const Scalar& value, ColumnIndex c, Record& record) {
  if (!IsNumberOrText(value)) return Reading::kUnreadable;
  double percent = 0;
  const char* const end = value.text.data() + value.text.size();
  const auto [rest, error] = std::from_chars(value.text.data(), end, percent);
  if (error != std::errc() || rest != end || !(percent >= 0 && percent <= 100)) return Reading::kUnreadable;
  record.Set(c, percent + 0.0);  // -0 is 0
  return Reading::kValue;
}

Reading SetNanoseconds(const Scalar& value, ColumnIndex c, Record& record) {
  const auto number = ReadUint(value);
  if (!number) return Reading::kUnreadable;
  record.Set(c, *number / 1'000'000'000);
  return Reading::kValue;
}

Reading SetToken(const Scalar& value, ColumnIndex c, Record& record, Arena& arena) {
  if (value.kind != Kind::kText) return Reading::kUnreadable;
  const std::string_view text = WithoutModule(value.text);
  char* const out = arena.Allocate(text.size());
  for (size_t i = 0; i < text.size(); ++i) out[i] = Folded(text[i]) == '_' ? '-' : Folded(text[i]);
  record.Set(c, std::string_view(out, text.size()));
  return Reading::kValue;
}

}  // namespace

std::optional<uint64_t> ScaledDecimal(std::string_view text, int exponent) {
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

std::optional<uint64_t> ReadUint(const Scalar& value) {
  if (!IsNumberOrText(value)) return std::nullopt;
  uint64_t number;
  if (ShortInteger(value.text, number)) return number;
  return ScaledDecimal(value.text, 0);
}

std::optional<std::string_view> ReadText(const Scalar& value) {
  if (value.kind == Kind::kNull || value.kind == Kind::kJson) return std::nullopt;
  return value.text;
}

std::optional<std::string_view> ReadAdminStatus(const Scalar& value) {
  return Meaning(value, kAdminWords);
}

std::optional<std::string_view> ReadOperStatus(const Scalar& value) {
  return Meaning(value, kOperWords);
}

Reading ReadValue(Rule rule, const Scalar& value, ColumnIndex c, Record& record, Arena& arena) {
  switch (rule) {
    case Rule::kText:
      return SetText(ReadText(value), c, record);
    case Rule::kToken:
      return SetToken(value, c, record, arena);
    case Rule::kCount:
    case Rule::kSeconds:
      return SetUint(ReadUint(value), c, record);
    case Rule::kMtu:
      return SetMtu(value, c, record);
    case Rule::kAdminStatus:
      return SetText(ReadAdminStatus(value), c, record);
    case Rule::kXrAdminState:
      return SetText(ReadXrAdminState(value), c, record);
    case Rule::kOperStatus:
      return SetText(ReadOperStatus(value), c, record);
    case Rule::kSpeed:
      return SetSpeed(value, c, record);
    case Rule::kKilobits:
      return SetScaled(value, 3, c, record);
    case Rule::kMegabits:
      return SetScaled(value, 6, c, record);
    case Rule::kTime:
      return SetTime(value, c, record);
    case Rule::kNanoseconds:
      return SetNanoseconds(value, c, record);
    case Rule::kPercent:
      return SetPercent(value, c, record);
    case Rule::kInterfaceName:
    case Rule::kSubinterfaceIndex:
    case Rule::kAddress:
    case Rule::kPrefixLength:
    case Rule::kConfigAddress:
    case Rule::kConfigPrefixLength:
    case Rule::kComponentName:
    case Rule::kComponentType:
      break;  // REQUIRES
  }
  return Reading::kUnreadable;
}

}  // namespace ntsp::normalize
