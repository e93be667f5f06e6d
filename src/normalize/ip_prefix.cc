#include "normalize/ip_prefix.h"

#include <arpa/inet.h>

#include <array>
#include <bit>
#include <charconv>
#include <cstring>

namespace ntsp::normalize {
namespace {

constexpr int kGroups = 8;
constexpr size_t kLongest = INET6_ADDRSTRLEN;

using Groups = std::array<uint16_t, kGroups>;

// Four numbers of 0 to 255 without leading zeros: one text for each address, so what is read is canonical.
bool IsIpv4(std::string_view text) {
  int numbers = 0;
  while (true) {
    size_t digits = 0;
    int number = 0;
    while (digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9') {
      number = number * 10 + (text[digits++] - '0');
    }
    if (digits == 0 || number > 255 || (digits > 1 && text[0] == '0')) return false;
    text.remove_prefix(digits);
    if (++numbers == 4) return text.empty();
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
  }
}

std::optional<Groups> ParseIpv6(std::string_view text) {
  char terminated[kLongest];
  if (text.size() >= kLongest || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::memcpy(terminated, text.data(), text.size());
  terminated[text.size()] = '\0';
  in6_addr address;
  if (inet_pton(AF_INET6, terminated, &address) != 1) return std::nullopt;
  Groups groups;
  for (size_t i = 0; i < kGroups; ++i) {
    groups[i] = static_cast<uint16_t>(address.s6_addr[2 * i] << 8 | address.s6_addr[2 * i + 1]);
  }
  return groups;
}

struct Run {
  int first = 0;
  int count = 0;
};

// What "::" stands for: the first of the longest runs of at least two zero groups.
Run LongestZeroRun(const Groups& groups) {
  Run best, run;
  for (int i = 0; i < kGroups; ++i) {
    if (groups[static_cast<size_t>(i)] != 0) {
      run = {i + 1, 0};
    } else if (++run.count > best.count) {
      best = run;
    }
  }
  return best.count >= 2 ? best : Run{kGroups, 0};
}

char* WriteIpv4(uint16_t high, uint16_t low, char* out, char* end) {
  const std::array<int, 4> octets = {high >> 8, high & 255, low >> 8, low & 255};
  for (size_t i = 0; i < octets.size(); ++i) {
    if (i > 0) *out++ = '.';
    out = std::to_chars(out, end, octets[i]).ptr;
  }
  return out;
}

// inet_ntop is not used: it writes ::1:2 as ::0.1.0.2.
size_t WriteIpv6(const Groups& groups, char* text) {
  char* out = text;
  char* const end = text + kLongest;
  const Run zeros = LongestZeroRun(groups);
  const bool is_mapped = zeros.first == 0 && zeros.count == 5 && groups[5] == 0xffff;
  const int written = is_mapped ? 6 : kGroups;
  for (int i = 0; i < written; ++i) {
    if (i == zeros.first) {
      *out++ = ':';
      *out++ = ':';
      i += zeros.count - 1;
      continue;
    }
    if (i > 0 && i != zeros.first + zeros.count) *out++ = ':';
    out = std::to_chars(out, end, groups[static_cast<size_t>(i)], 16).ptr;
  }
  if (is_mapped) {
    *out++ = ':';
    out = WriteIpv4(groups[6], groups[7], out, end);
  }
  return static_cast<size_t>(out - text);
}

std::optional<uint8_t> ParseLength(std::string_view text, uint8_t family) {
  uint8_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  const bool has_leading_zero = text.size() > 1 && text[0] == '0';
  if (error != std::errc() || end != text.data() + text.size() || has_leading_zero) return std::nullopt;
  if (length > MaxPrefixLength(family)) return std::nullopt;
  return length;
}

std::optional<IpPrefix> ParseAddress(std::string_view text, Arena& arena) {
  if (IsIpv4(text)) return IpPrefix{text, std::nullopt, 4};
  const auto groups = ParseIpv6(text);
  if (!groups) return std::nullopt;
  char canonical[kLongest];
  const std::string_view written(canonical, WriteIpv6(*groups, canonical));
  return IpPrefix{written == text ? text : arena.Copy(written), std::nullopt, 6};
}

}  // namespace

std::optional<IpPrefix> ParseIpPrefix(std::string_view text, Arena& arena) {
  const size_t slash = text.find('/');
  auto prefix = ParseAddress(text.substr(0, slash), arena);
  if (!prefix || slash == std::string_view::npos) return prefix;
  prefix->length = ParseLength(text.substr(slash + 1), prefix->family);
  if (!prefix->length) return std::nullopt;
  return prefix;
}

std::optional<uint8_t> ParseNetmask(std::string_view text) {
  if (!IsIpv4(text)) return std::nullopt;
  uint32_t mask = 0;
  for (size_t i = 0; i < 4; ++i) {
    unsigned octet = 0;
    const char* const end = std::from_chars(text.data(), text.data() + text.size(), octet).ptr;
    mask = mask << 8 | octet;
    if (i < 3) text.remove_prefix(static_cast<size_t>(end - text.data()) + 1);
  }
  const int ones = std::countl_one(mask);
  if (ones + std::countr_zero(mask) < 32) return std::nullopt;
  return static_cast<uint8_t>(ones);
}

}  // namespace ntsp::normalize
