#include "observe/otlp_env.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace ntsp::observe {
namespace {

std::string_view Trim(std::string_view text) {
  const size_t first = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// RFC 9110, "token".
bool IsToken(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || kMarks.find(c) != std::string_view::npos;
  });
}

std::optional<std::string> PercentDecoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const std::string_view digits = text.substr(i + 1, 2);
    unsigned char byte = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (error != std::errc() || digits.size() != 2 || end != digits.data() + 2) return std::nullopt;
    out += static_cast<char>(byte);
    i += 2;
  }
  return out;
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> ParseKeyValues(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> out;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = Trim(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (part.empty()) continue;
    const size_t equals = part.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = Trim(part.substr(0, equals));
    const auto value = PercentDecoded(Trim(part.substr(equals + 1)));
    if (!IsToken(name) || !value || HasControl(*value)) return std::nullopt;
    out.emplace_back(name, *value);
  }
  return out;
}

std::string_view LogfireUrl(std::string_view token) {
  constexpr std::string_view kStart = "pylf_v";
  constexpr std::string_view kUsa = "https://logfire-us.pydantic.dev";
  if (!token.starts_with(kStart)) return kUsa;
  token.remove_prefix(kStart.size());
  token.remove_prefix(std::min(token.find_first_not_of("0123456789"), token.size()));
  return token.starts_with("_eu_") ? "https://logfire-eu.pydantic.dev" : kUsa;
}

}  // namespace ntsp::observe
