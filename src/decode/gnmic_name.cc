#include "decode/gnmic_name.h"

#include <algorithm>
#include <array>

namespace ntsp::decode {
namespace {

// "address.1" → "address", "1"; without a place the second is empty.
struct Element {
  std::string_view name, place;
};

Element SplitPlace(std::string_view element) {
  const size_t dot = element.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == element.size()) return {element, {}};
  const std::string_view place = element.substr(dot + 1);
  if (place.find_first_not_of("0123456789") != std::string_view::npos) return {element, {}};
  return {element.substr(0, dot), place};
}

constexpr std::array<std::string_view, 4> kKeyLeaves = {"name", "index", "ip", "ip-prefix"};

// The key that the leaf is of the list entry whose leaf it directly is.
std::string KeyName(const Path& list, std::string_view leaf) {
  const std::string canonical = CanonicalPath(leaf);
  if (std::ranges::find(kKeyLeaves, canonical) == kKeyLeaves.end()) return {};
  return list.text.substr(list.text.rfind('/') + 1) + "_" + canonical;
}

}  // namespace

GnmicNames::GnmicNames(Paths& paths) : paths_(paths) {
  Clear();
}

void GnmicNames::Clear() {
  names_.clear();
  ids_.clear();
  instances_.assign(1, {nullptr, kEvent});
}

const GnmicName& GnmicNames::Parse(std::string_view spelling) {
  if (const auto known = names_.find(spelling); known != names_.end()) return known->second;
  const auto [entry, is_new] = names_.try_emplace(std::string(spelling));
  entry->second = Take(entry->first);
  return entry->second;
}

GnmicName GnmicNames::Take(std::string_view spelling) {
  std::string container;
  uint32_t instance = kEvent;
  while (true) {
    const size_t slash = spelling.find('/');
    if (slash == std::string_view::npos) break;
    const Element element = SplitPlace(spelling.substr(0, slash));
    spelling.remove_prefix(slash + 1);
    container.append(element.name) += '/';
    if (!element.place.empty()) instance = Instance(instance, paths_.Intern(container), element.place);
  }
  const Path& path = paths_.Intern(container);
  const bool in_entry = instance != kEvent && instances_[instance].list == &path;
  return {&path, spelling, instance, in_entry ? KeyName(path, spelling) : std::string()};
}

uint32_t GnmicNames::Instance(uint32_t parent, const Path& list, std::string_view place) {
  std::string id = std::to_string(parent) + '.' + std::string(place) + list.text;
  const auto [entry, is_new] = ids_.try_emplace(std::move(id), static_cast<uint32_t>(instances_.size()));
  if (is_new) instances_.push_back({&list, parent});
  return entry->second;
}

}  // namespace ntsp::decode
