#include "normalize/status.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "normalize/name.h"

namespace ntsp::normalize {
namespace {

using Kind = Scalar::Kind;
using Word = std::pair<std::string_view, std::string_view>;  // as written, folded to '_'; what it means

constexpr std::string_view kXrPrefix = "im-state-";

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
    // IOS-XR's ways of being down, where they come in a leaf of another model.
    Word{"not_ready", "down"},
    Word{"admin_down", "down"},
    Word{"shutdown", "down"},
    Word{"err_disable", "down"},
    Word{"down_immediate", "down"},
    Word{"down_immediate_admin", "down"},
    Word{"down_graceful", "down"},
    Word{"down_graceful_admin", "down"},
};

struct XrState {
  std::string_view name;  // behind im-state-
  std::string_view admin;
  std::string_view line;  // empty: says nothing
};

// By number; the last has none.
constexpr std::array kXrStates = {
    XrState{"not-ready", "up", "down"},
    XrState{"admin-down", "down", "down"},
    XrState{"down", "up", "down"},
    XrState{"up", "up", "up"},
    XrState{"shutdown", "down", "down"},
    XrState{"err-disable", "up", "down"},
    XrState{"down-immediate", "up", "down"},
    XrState{"down-immediate-admin", "down", "down"},
    XrState{"down-graceful", "up", "down"},
    XrState{"begin-shutdown", "down", "down"},
    XrState{"end-shutdown", "down", "down"},
    XrState{"begin-error-disable", "up", "down"},
    XrState{"end-error-disable", "up", "down"},
    XrState{"begin-down-graceful", "up", "down"},
    XrState{"reset", "up", "down"},
    XrState{"operational", "up", "up"},
    XrState{"not-operational", "up", "down"},
    XrState{"unknown", "up", "unknown"},
    XrState{"last", "", ""},  // the end of the enumeration, no state
    XrState{"down-graceful-admin", "down", "down"},
};
constexpr size_t kXrNumbers = 19;

std::string_view WithoutXrPrefix(std::string_view text) {
  if (FoldedEqual(text.substr(0, kXrPrefix.size()), kXrPrefix)) text.remove_prefix(kXrPrefix.size());
  return text;
}

template <size_t N>
std::optional<std::string_view> Meaning(const Scalar& value, const std::array<Word, N>& words) {
  if (value.kind != Kind::kText && value.kind != Kind::kBool) return std::nullopt;
  for (const auto& [word, meaning] : words) {
    if (value.text == word) return meaning;  // as most are written
  }
  const std::string_view text = WithoutXrPrefix(WithoutModule(value.text));
  for (const auto& [word, meaning] : words) {
    if (FoldedEqual(text, word)) return meaning;
  }
  return std::nullopt;
}

const XrState* FindXrState(const Scalar& value) {
  if (value.kind != Kind::kText && value.kind != Kind::kNumber) return nullptr;
  const std::string_view text = value.text;
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) {
    return number < kXrNumbers ? &kXrStates[number] : nullptr;
  }
  const std::string_view name = WithoutXrPrefix(WithoutModule(text));
  const auto* const state =
      std::ranges::find_if(kXrStates, [&](const XrState& s) { return FoldedEqual(s.name, name); });
  return state == kXrStates.end() ? nullptr : state;
}

std::optional<std::string_view> XrMeaning(const Scalar& value, std::string_view XrState::*question) {
  const XrState* const state = FindXrState(value);
  if (state == nullptr || (state->*question).empty()) return std::nullopt;
  return state->*question;
}

}  // namespace

std::optional<std::string_view> ReadAdminStatus(const Scalar& value) {
  return Meaning(value, kAdminWords);
}

std::optional<std::string_view> ReadOperStatus(const Scalar& value) {
  return Meaning(value, kOperWords);
}

std::optional<std::string_view> ReadXrAdminState(const Scalar& value) {
  const auto state = XrMeaning(value, &XrState::admin);
  return state ? state : ReadAdminStatus(value);
}

std::optional<std::string_view> ReadXrLineState(const Scalar& value) {
  const auto state = XrMeaning(value, &XrState::line);
  return state ? state : ReadOperStatus(value);
}

}  // namespace ntsp::normalize
