#include "normalize/object.h"

#include <algorithm>
#include <array>

namespace ntsp::normalize {
namespace {

// In the models that ntsp knows, the lists of what is an interface or an address.
constexpr std::array<std::string_view, 4> kInterfaceLists = {"interface", "interface-brief", "port", "lag"};
constexpr std::array<std::string_view, 2> kAddressLists = {"address", "secondary-address"};

template <size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsEntry(std::string_view element, Object object) {
  switch (object) {
    case Object::kInterface:
      return IsOneOf(element, kInterfaceLists);
    case Object::kSubinterface:
      return element == "subinterface";
    case Object::kAddress:
      return IsOneOf(element, kAddressLists);
    case Object::kNode:
    case Object::kCpu:
    case Object::kComponent:
      break;
  }
  return false;
}

}  // namespace

Object ObjectOf(std::string_view container, Table table) {
  switch (table) {
    case Table::kAddress:
      return Object::kAddress;
    case Table::kInterface:
      return HasElement(container, "subinterface") ? Object::kSubinterface : Object::kInterface;
    case Table::kNode:
      break;
  }
  if (HasElement(container, "cpu")) return Object::kCpu;
  return HasElement(container, "component") ? Object::kComponent : Object::kNode;
}

std::optional<Object> EntryOf(std::string_view container, Object object) {
  return IsEntry(LastElement(container), object) ? std::optional(object) : std::nullopt;
}

std::string_view LastElement(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool HasElement(std::string_view path, std::string_view element) {
  while (!path.empty()) {
    const size_t end = path.find('/');
    if (path.substr(0, end) == element) return true;
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  }
  return false;
}

}  // namespace ntsp::normalize
