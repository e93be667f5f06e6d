#include "decode/list_key.h"

#include <algorithm>
#include <array>

namespace ntsp::decode {
namespace {

struct List {
  std::string_view element;
  std::string_view key;
  std::string_view name;  // both together
};

constexpr auto kLists = std::to_array<List>({
    {"interface", "name", "interface_name"},
    {"network-instance", "name", "network-instance_name"},
    {"component", "name", "component_name"},
    {"vrf", "name", "vrf_name"},
    {"subinterface", "index", "subinterface_index"},
    {"cpu", "index", "cpu_index"},
    {"address", "ip", "address_ip"},
    {"address", "ip-prefix", "address_ip-prefix"},
});

// Those that an interface without a path is known by.
constexpr auto kOfInterfaces = std::to_array<List>({kLists[0], kLists[4], kLists[6], kLists[7]});

constexpr size_t kLongestKey =
    std::ranges::max(kLists, {}, [](const List& l) { return l.key.size(); }).key.size();

bool SameKey(std::string_view known, std::string_view key) {
  return std::ranges::equal(known, key, {}, {}, [](char c) { return c == '_' ? '-' : c; });
}

}  // namespace

std::optional<std::string_view> ListKey(std::string_view path, std::string_view key) {
  if (key.size() > kLongestKey) return std::nullopt;
  const auto is_known = [key](const List& list) { return SameKey(list.key, key); };
  if (std::ranges::none_of(kLists, is_known)) return std::nullopt;
  while (!path.empty()) {
    const std::string_view element = path.substr(0, path.find('/'));
    for (const List& list : kLists) {
      if (list.element == element && is_known(list)) return list.name;
    }
    path.remove_prefix(std::min(path.size(), element.size() + 1));
  }
  return std::nullopt;
}

std::optional<std::string_view> InterfaceListKey(std::string_view key) {
  for (const List& list : kOfInterfaces) {
    if (SameKey(list.key, key)) return list.name;
  }
  return std::nullopt;
}

}  // namespace ntsp::decode
