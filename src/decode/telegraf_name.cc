#include "decode/telegraf_name.h"

#include <algorithm>
#include <array>

namespace ntsp::decode {
namespace {

using Hint = TelegrafName::Hint;

std::string_view FirstElement(std::string_view path) {
  return path.substr(0, path.find('/'));
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "ipv4/address/1" is "ipv4/address.1".
std::string WithPlaces(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::string_view element = FirstElement(path);
    path.remove_prefix(std::min(path.size(), element.size() + 1));
    if (element.empty()) continue;
    if (!out.empty()) out += IsNumber(element) ? '.' : '/';
    out += element;
  }
  return out;
}

// How much of the beginning of `below` the end of `base` says already: the most whole elements that both
// have. Both canonical.
size_t Overlap(std::string_view base, std::string_view below) {
  while (!base.empty()) {
    const bool ends_there =
        below.size() == base.size() || (below.size() > base.size() && below[base.size()] == '/');
    if (ends_there && below.starts_with(base)) return base.size();
    base.remove_prefix(std::min(base.size(), FirstElement(base).size() + 1));
  }
  return 0;
}

constexpr auto kSurely = std::to_array<std::string_view>({
    "in-octets",
    "out-octets",
    "in-pkts",
    "out-pkts",
    "in-packets",
    "out-packets",
    "in-unicast-pkts",
    "out-unicast-pkts",
    "in-unicast-packets",
    "out-unicast-packets",
    "in-discards",
    "out-discards",
    "in-discarded-packets",
    "out-discarded-packets",
    "in-error-packets",
    "out-error-packets",
    "in-broadcast-pkts",
    "in-multicast-pkts",
    "out-broadcast-pkts",
    "out-multicast-pkts",
});
// Other objects have these too.
constexpr auto kMaybe =
    std::to_array<std::string_view>({"oper-status", "oper-state", "admin-status", "admin-state", "in-errors",
                                     "out-errors", "last-change", "ifindex"});

Hint HintOf(std::string_view leaf) {
  const std::string name = CanonicalPath(leaf);
  if (std::ranges::find(kSurely, name) != kSurely.end()) return Hint::kInterface;
  return std::ranges::find(kMaybe, name) != kMaybe.end() ? Hint::kMaybeInterface : Hint::kNone;
}

}  // namespace

std::string GnmicSpelling(const Path& base, std::string_view field) {
  const size_t slash = field.rfind('/');
  if (slash == std::string_view::npos) return base.text + '/' + std::string(field);
  const std::string_view leaf = field.substr(slash + 1);
  const std::string container = CanonicalPath(field.substr(0, slash));
  const bool from_root =
      field.starts_with('/') && (base.text.empty() || FirstElement(base.text) == FirstElement(container));
  std::string_view below = container;
  if (!from_root) {
    below.remove_prefix(Overlap(base.text, container));
    if (below.starts_with('/')) below.remove_prefix(1);
  }
  std::string full(from_root ? std::string_view() : std::string_view(base.text));
  full.append("/").append(below);
  return WithPlaces(full).append("/").append(leaf);
}

void TelegrafNames::InternBase(std::string_view path) {
  base_ = &paths_.Intern(path);
  base_spelling_ = path;
  if (base_->id >= first_.size()) first_.resize(base_->id + 1);
}

const TelegrafName& TelegrafNames::FindAnew(std::string_view spelling) {
  auto known = entries_.find(EntryKey{base_, spelling});
  if (known == entries_.end()) {
    const std::string_view own = spellings_.emplace_back(spelling);
    known = entries_.try_emplace(EntryKey{base_, own}).first;
    const GnmicName& name = names_.Parse(GnmicSpelling(*base_, own));
    known->second = {base_, own, {&name, HintOf(name.leaf)}, nullptr};
  }
  Entry& entry = known->second;
  *next_ = &entry;
  next_ = &entry.next;
  return entry.name;
}

void TelegrafNames::Clear() {
  base_ = nullptr;
  entries_.clear();
  spellings_.clear();
  first_.clear();
}

}  // namespace ntsp::decode
