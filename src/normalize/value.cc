#include "normalize/value.h"

#include <array>
#include <charconv>
#include <limits>

#include "normalize/decimal.h"
#include "normalize/name.h"
#include "normalize/status.h"

namespace ntsp::normalize {
namespace {

using Kind = Scalar::Kind;

// What 32 bits cannot say: Junos's MTU of lo0 and lsi, speeds that SNMP's tables have no room for.
constexpr uint64_t kSentinel = 4294967295;

// A time of a device that is earlier was no time, but a number of seconds or ticks since something.
constexpr uint64_t kEarliestEpochSeconds = 1'000'000'000;  // 2001
// As milliseconds 1973 to 2001; Arista writes 1/100 s.
constexpr uint64_t kFirstHundredths = 100'000'000'000, kFirstMillis = 1'000'000'000'000;

bool IsNumberOrText(const Scalar& value) {
  return value.kind == Kind::kNumber || value.kind == Kind::kText;
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
  if (mtu == kSentinel) return Reading::kNone;
  return SetUint(mtu, c, record);
}

Reading SetRate(const Scalar& value, int exponent, ColumnIndex c, Record& record) {
  if (ReadUint(value) == kSentinel) return Reading::kNone;
  return SetScaled(value, exponent, c, record);
}

// "10Gbps" is 10G.
std::string_view WithoutBitUnit(std::string_view text) {
  constexpr std::array<std::string_view, 3> kUnits = {"bps", "bit/s", "b/s"};
  for (std::string_view unit : kUnits) {
    if (text.ends_with(unit)) return text.substr(0, text.size() - unit.size());
  }
  return text;
}

// Takes the letter of a power of ten from the end of "25G".
int TakeExponent(std::string_view& text) {
  constexpr std::string_view kUnits = "KMGT";
  if (text.empty()) return 0;
  const char last = text.back() == 'k' ? 'K' : text.back();
  const size_t unit = kUnits.find(last);
  if (unit == std::string_view::npos) return 0;
  text.remove_suffix(1);
  return 3 * (static_cast<int>(unit) + 1);
}

// "25G", "10Gbps" and "SPEED_2500MB" are a number and the letter of its power of ten.
Reading SetSpeed(const Scalar& value, ColumnIndex c, Record& record) {
  if (value.kind != Kind::kText) return SetRate(value, 0, c, record);
  std::string_view text = WithoutModule(value.text);
  constexpr std::string_view kIdentity = "SPEED_";
  if (text.starts_with(kIdentity)) {
    text.remove_prefix(kIdentity.size());
    if (text == "UNKNOWN") return Reading::kNone;
    if (text.ends_with('B')) text.remove_suffix(1);
  } else {
    text = WithoutBitUnit(text);
  }
  const int exponent = TakeExponent(text);
  return SetRate({Kind::kText, text}, exponent, c, record);
}

std::optional<Timestamp> EpochTime(uint64_t number) {
  if (number < kEarliestEpochSeconds) return std::nullopt;
  if (number >= kFirstHundredths && number < kFirstMillis) number *= 10;
  if (number > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return std::nullopt;
  return FromEpoch(static_cast<int64_t>(number));
}

Reading SetTime(const Scalar& value, ColumnIndex c, Record& record) {
  std::optional<Timestamp> time;
  const bool is_date = value.kind == Kind::kText && value.text.size() > 4 && value.text[4] == '-';
  if (is_date) {
    time = ParseRfc3339(value.text);
  } else if (const auto number = ReadUint(value)) {
    if (*number == 0) return Reading::kNone;
    time = EpochTime(*number);
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

std::optional<uint64_t> ReadUint(const Scalar& value) {
  if (!IsNumberOrText(value)) return std::nullopt;
  return ScaledDecimal(value.text, 0);
}

std::optional<std::string_view> ReadText(const Scalar& value) {
  if (value.kind == Kind::kNull || value.kind == Kind::kJson) return std::nullopt;
  return value.text;
}

Reading ReadValue(Rule rule, const Scalar& value, ColumnIndex c, Record& record, Arena& arena) {
  switch (rule) {
    case Rule::kText:
      return SetText(ReadText(value), c, record);
    case Rule::kToken:
      return SetToken(value, c, record, arena);
    case Rule::kCount:
    case Rule::kSeconds:
      return SetCount(value, c, record);
    case Rule::kMtu:
      return SetMtu(value, c, record);
    case Rule::kAdminStatus:
      return SetText(ReadAdminStatus(value), c, record);
    case Rule::kXrAdminState:
      return SetText(ReadXrAdminState(value), c, record);
    case Rule::kOperStatus:
      return SetText(ReadOperStatus(value), c, record);
    case Rule::kXrLineState:
      return SetText(ReadXrLineState(value), c, record);
    case Rule::kSpeed:
      return SetSpeed(value, c, record);
    case Rule::kKilobits:
      return SetRate(value, 3, c, record);
    case Rule::kMegabits:
      return SetRate(value, 6, c, record);
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
    case Rule::kNetmask:
    case Rule::kConfigAddress:
    case Rule::kConfigPrefixLength:
    case Rule::kComponentName:
    case Rule::kComponentType:
      break;  // REQUIRES
  }
  return Reading::kUnreadable;
}

}  // namespace ntsp::normalize
