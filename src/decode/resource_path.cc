#include "decode/resource_path.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/utf8.h"
#include "decode/gnmi_path.h"

namespace ntsp::decode {
namespace {

struct ListKey {
  std::string_view list, key;
};

constexpr std::array kListKeys = {
    ListKey{"subinterface", "index"},
    ListKey{"address", "ip"},
    ListKey{"cpu", "index"},
    ListKey{"port", "port-id"},
};

std::string_view KeyOf(std::string_view list) {
  list = list.substr(list.rfind(':') + 1);  // npos + 1 is 0
  const auto* const known = std::ranges::find(kListKeys, list, &ListKey::list);
  return known == kListKeys.end() ? "name" : known->key;
}

// "%2F" is '/'; nothing if a '%' is followed by anything but two hexadecimal digits, or the bytes are no
// text.
std::optional<std::string_view> PercentDecoded(std::string_view text, Arena& arena) {
  if (text.find('%') == std::string_view::npos) return text;
  char* const begin = arena.Allocate(text.size());
  char* out = begin;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      *out++ = text[i];
      continue;
    }
    uint8_t byte = 0;
    const char* const digits = text.data() + i + 1;
    if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) {
      return std::nullopt;
    }
    *out++ = static_cast<char>(byte);
    i += 2;
  }
  const std::string_view decoded(begin, static_cast<size_t>(out - begin));
  return IsUtf8(decoded) ? std::optional(decoded) : std::nullopt;
}

// "interface=eth0", or a name alone
bool AppendElement(std::string_view element, std::string& path, std::vector<Key>& keys, Arena& arena) {
  const size_t equals = element.find('=');
  const std::string_view name = element.substr(0, equals);
  if (name.empty()) return equals == std::string_view::npos;
  path.append("/").append(name);
  if (equals == std::string_view::npos) return true;
  std::string_view value = element.substr(equals + 1);
  value = value.substr(0, value.find(','));
  const auto decoded = PercentDecoded(value, arena);
  if (!decoded) return false;
  AppendKey(name, KeyOf(name), {Scalar::Kind::kText, *decoded}, keys, arena);
  return true;
}

}  // namespace

bool AppendResourcePath(std::string_view spelling, std::string& path, std::vector<Key>& keys, Arena& arena) {
  if (spelling.find('[') != std::string_view::npos) return AppendGnmiPath(spelling, path, keys, arena);
  while (!spelling.empty()) {
    const size_t end = std::min(spelling.find('/'), spelling.size());
    if (!AppendElement(spelling.substr(0, end), path, keys, arena)) return false;
    spelling.remove_prefix(std::min(end + 1, spelling.size()));
  }
  return true;
}

}  // namespace ntsp::decode
