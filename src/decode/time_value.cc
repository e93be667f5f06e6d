#include "decode/time_value.h"

#include <charconv>

namespace ntsp::decode {
namespace {

constexpr int64_t kFirstMillis = 100'000'000'000;  // from here on FromEpoch takes a number for milliseconds

// The first six digits of a fraction, as microseconds.
int64_t FractionMicros(std::string_view digits) {
  int64_t micros = 0;
  for (size_t i = 0; i < 6; ++i) {
    const bool is_digit = i < digits.size() && digits[i] >= '0' && digits[i] <= '9';
    if (!is_digit) digits = {};
    micros = micros * 10 + (is_digit ? digits[i] - '0' : 0);
  }
  return micros;
}

std::optional<Timestamp> ReadEpoch(std::string_view text) {
  const char* const end = text.data() + text.size();
  int64_t whole = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, whole);
  if (error != std::errc()) return std::nullopt;
  if (rest == end) return FromEpoch(whole);
  if (text.find_first_of("eE") != std::string_view::npos) {
    double real = 0;
    const auto parsed = std::from_chars(text.data(), end, real);
    const bool fits = parsed.ptr == end && parsed.ec == std::errc() && real > 0 && real < 9.2e18;
    return fits ? FromEpoch(static_cast<int64_t>(real)) : std::nullopt;
  }
  if (*rest != '.') return std::nullopt;
  auto time = FromEpoch(whole);
  if (time && whole < kFirstMillis) time->micros += FractionMicros({rest + 1, end});
  return time;
}

}  // namespace

std::optional<Timestamp> ReadTime(const Scalar& value) {
  switch (value.kind) {
    case Scalar::Kind::kNumber:
      return ReadEpoch(value.text);
    case Scalar::Kind::kText: {
      const auto time = ParseRfc3339(value.text);
      if (!time) return ReadEpoch(value.text);
      return time->micros == 0 ? std::nullopt : time;
    }
    case Scalar::Kind::kNull:
    case Scalar::Kind::kBool:
    case Scalar::Kind::kJson:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace ntsp::decode
