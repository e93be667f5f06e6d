#include "app/parse.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace ntsp::app {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}
bool IsNameChar(char c) {
  return IsDigit(c) || IsLower(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
}

template <typename Test>
bool All(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

std::string_view CutBefore(std::string_view& text, char separator) {
  const size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

struct HostPort {
  std::string_view host, port;
};

std::optional<HostPort> SplitHostPort(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  HostPort parts{text.substr(0, colon), text.substr(colon + 1)};
  if (parts.host.starts_with('[') && parts.host.ends_with(']')) {
    parts.host = parts.host.substr(1, parts.host.size() - 2);
  } else if (parts.host.find(':') != std::string_view::npos) {
    return std::nullopt;  // IPv6 without brackets: where the port begins cannot be told
  }
  return parts;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

}  // namespace

std::optional<uint64_t> ParseWhole(std::string_view text, uint64_t least, uint64_t most) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (number < least || number > most) return std::nullopt;
  return number;
}

std::optional<uint64_t> ParseBytes(std::string_view text, uint64_t least, uint64_t most) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string_view unit = text.substr(digits);
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  uint64_t factor = 1;
  if (unit == "KiB") factor = uint64_t{1} << 10;
  if (unit == "MiB") factor = uint64_t{1} << 20;
  if (unit == "GiB") factor = uint64_t{1} << 30;
  if (factor == 1 && !unit.empty()) return std::nullopt;
  const auto count = ParseWhole(text.substr(0, digits), 0, most / factor);
  if (!count || *count * factor < least) return std::nullopt;
  return *count * factor;
}

std::optional<bool> ParseFlag(std::string_view text) {
  const std::string lower = Lower(text);
  if (lower == "true" || lower == "yes" || lower == "on" || lower == "1") return true;
  if (lower == "false" || lower == "no" || lower == "off" || lower == "0") return false;
  return std::nullopt;
}

bool IsTopicName(std::string_view text) {
  return !text.empty() && text.size() <= 249 && text != "." && text != ".." && All(text, IsNameChar);
}

bool IsInstanceId(std::string_view text) {
  return !text.empty() && text.size() <= 100 && All(text, IsNameChar);
}

bool IsSessionName(std::string_view text) {
  constexpr std::string_view kMarks = "+=,@";
  return text.size() >= 2 && text.size() <= 64 &&
         All(text, [&](char c) { return IsNameChar(c) || kMarks.find(c) != std::string_view::npos; });
}

bool IsBucketName(std::string_view text) {
  const auto edge = [](char c) { return IsLower(c) || IsDigit(c); };
  return text.size() >= 3 && text.size() <= 63 && edge(text.front()) && edge(text.back()) &&
         All(text, [&](char c) { return edge(c) || c == '.' || c == '-'; });
}

bool IsServerList(std::string_view text) {
  while (!text.empty()) {
    const auto server = SplitHostPort(CutBefore(text, ','));
    if (!server || server->host.empty() || !ParseWhole(server->port, 1, 65535)) return false;
  }
  return true;
}

bool IsHttpUrl(std::string_view text) {
  if (text.starts_with("http://")) return text.size() > 7 && text[7] != '/';
  return text.starts_with("https://") && text.size() > 8 && text[8] != '/';
}

bool IsSnsTopicArn(std::string_view text) {
  if (CutBefore(text, ':') != "arn" || !CutBefore(text, ':').starts_with("aws")) return false;
  if (CutBefore(text, ':') != "sns" || CutBefore(text, ':').empty()) return false;
  const std::string_view account = CutBefore(text, ':');
  return account.size() == 12 && All(account, IsDigit) && !text.empty() &&
         text.find(':') == std::string_view::npos;
}

bool IsArchiveUri(std::string_view text) {
  if (text.starts_with("file:///")) return text.size() > 8;
  if (!text.starts_with("s3://")) return false;
  text.remove_prefix(5);
  return IsBucketName(CutBefore(text, '/'));
}

}  // namespace ntsp::app
