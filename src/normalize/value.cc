#include "normalize/value.h"

#include <array>
#include <charconv>
#include <limits>

#include "normalize/decimal.h"
#include "normalize/name.h"

namespace ntsp::normalize {
namespace {

using Kind = Scalar::Kind;
using Word = std::pair<std::string_view, std::string_view>;  // as written, folded to '_'; what it means

constexpr uint64_t kUnlimitedMtu = 4294967295;  // Junos on lo0 and lsi

bool IsNumberOrText(const Scalar& value) {
  return value.kind == Kind::kNumber || value.kind == Kind::kText;
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
      return SetCount(value, c, record);
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
