#include "normalize/path_lookup.h"

#include <algorithm>
#include <array>

#include "normalize/name.h"

namespace ntsp::normalize {
namespace {

// Names come from outside: what is remembered of them is bounded.
constexpr size_t kMaxEntries = 16384;
constexpr size_t kMaxNameLength = 128;

// Drops what exporters put before the device's own model. `node` alone stays: it is the device itself.
std::string_view WithoutRoot(std::string_view path) {
  constexpr std::array<std::string_view, 4> kRoots = {"namespace/", "node/", "srl/", "sros/"};
  if (path.starts_with(kRoots[0])) path.remove_prefix(kRoots[0].size());
  if (path == "node" || path == "node/srl" || path == "node/sros") return "node";
  for (std::string_view root : kRoots) {
    if (path.starts_with(root)) path.remove_prefix(root.size());
  }
  return path;
}

// Below these stand subsystems of their own.
bool HoldsSubsystems(std::string_view container) {
  constexpr std::array<std::string_view, 9> kHolders = {"interface", "interface-brief", "port",
                                                        "lag",       "subinterface",    "address",
                                                        "component", "system",          "node"};
  return std::find(kHolders.begin(), kHolders.end(), LastElement(container)) != kHolders.end();
}

bool EndsWithPath(std::string_view path, std::string_view tail) {
  if (tail.empty() || path.size() == tail.size()) return path.ends_with(tail);
  return path.ends_with(tail) && path[path.size() - tail.size() - 1] == '/';
}

// "queue", "Mean-Depth" give "queue/mean_depth".
void AssignFolded(std::string_view rest, std::string_view name, std::string& out) {
  out.clear();
  for (char c : rest) out += Folded(c);
  if (!rest.empty()) out += '/';
  for (char c : name) out += Folded(c);
}

}  // namespace

PathLookup::PathLookup(std::span<const PathRow> rows) {
  for (const PathRow& row : rows) {
    auto& containers = row.is_suffix ? suffixes_ : known_;
    const Object object = ObjectOf(row.container, row.table);
    const auto [known, is_new] = containers.try_emplace(std::string(WithoutRoot(row.container)));
    if (is_new) {
      known->second.object = object;
      in_order_.emplace_back(known->first, &known->second);
      if (row.is_suffix) suffixes_in_order_.push_back(in_order_.back());
    }
    known->second.rows.push_back({std::string(row.leaf), object, row.rule, row.column, row.fallback});
  }
  std::ranges::stable_sort(suffixes_in_order_, std::ranges::greater{},
                           [](const auto& suffix) { return suffix.first.size(); });
}

size_t PathLookup::Hash::operator()(const EntryKey& key) const {
  const size_t place =
      reinterpret_cast<uintptr_t>(key.container) ^ (key.by_keys ? size_t(*key.by_keys) + 1 : 0);
  return std::hash<std::string_view>()(key.name) ^ (place * 0x9E3779B97F4A7C15);
}

void PathLookup::StartMessage(const Paths& paths) {
  if (paths_ == &paths && paths.generation() == generation_ && entries_.size() < kMaxEntries) return;
  paths_ = &paths;
  generation_ = paths.generation();
  containers_.clear();
  combined_.clear();
  entries_.clear();
  names_.clear();
  first_.clear();
}

void PathLookup::StartSample(const Path& path, std::optional<Object> by_keys) {
  if (path.id >= first_.size()) first_.resize(path.id + 1);
  next_ = &first_[path.id];
  by_keys_ = by_keys;
}

const LeafTarget& PathLookup::FindAnew(const Leaf& leaf, Arena& arena) {
  const Container& container = ContainerOf(*leaf.container);
  const bool is_trimmed = container.kind == Container::Kind::kTrimmed;
  const EntryKey key{leaf.container, is_trimmed ? by_keys_ : std::nullopt, leaf.name};
  if (Entry* const entry = Remember(key, container)) {
    *next_ = entry;
    next_ = &entry->next;
    return entry->target;
  }
  unremembered_ = Target(container, leaf.name);
  std::string name;
  AssignFolded(container.prefix(), WithoutModule(leaf.name), name);
  unremembered_.extra_name = arena.Copy(name);
  return unremembered_;
}

PathLookup::Entry* PathLookup::Remember(const EntryKey& key, const Container& container) {
  if (const auto known = entries_.find(key); known != entries_.end()) return &known->second;
  if (entries_.size() >= kMaxEntries || key.name.size() > kMaxNameLength) return nullptr;
  const std::string_view name = names_.emplace_back(key.name);
  Entry& entry = entries_[EntryKey{key.container, key.by_keys, name}];
  entry.container = key.container;
  entry.needs_keys = container.kind == Container::Kind::kTrimmed;
  entry.by_keys = key.by_keys;
  entry.name = name;
  entry.target = Target(container, name);
  AssignFolded(container.prefix(), WithoutModule(name), entry.extra_name);
  entry.target.extra_name = entry.extra_name;
  return &entry;
}

LeafTarget PathLookup::Target(const Container& container, std::string_view name) const {
  using Kind = Container::Kind;
  using Action = LeafTarget::Action;
  const std::string_view leaf = WithoutModule(name);
  const Row* found = nullptr;
  switch (container.kind) {
    case Kind::kIgnored:
      return {.action = Action::kIgnored};
    case Kind::kUnresolved:
    case Kind::kOtherSubsystem:
      return {.action = Action::kOtherSubsystem};
    case Kind::kNested:
      return {.action = Action::kExtra, .object = container.known->object};
    case Kind::kTrimmed:
      found = by_keys_ ? FindTrimmed(container.rest, leaf) : nullptr;
      if (found == nullptr) return {.action = Action::kOtherSubsystem};
      break;
    case Kind::kKnown:
      found = FindRow(*container.known, leaf);
      if (found == nullptr) {
        return {.action = container.is_config ? Action::kIgnored : Action::kExtra,
                .object = container.known->object};
      }
      break;
  }
  return {.action = Action::kColumn,
          .object = found->object,
          .rule = found->rule,
          .column = found->column,
          .fallback = found->fallback};
}

const PathLookup::Row* PathLookup::FindRow(const Known& known, std::string_view name) {
  const auto row = std::ranges::find_if(known.rows, [&](const Row& r) { return FoldedEqual(r.leaf, name); });
  return row == known.rows.end() ? nullptr : &*row;
}

const PathLookup::Row* PathLookup::FindTrimmed(std::string_view tail, std::string_view name) const {
  for (const auto& [container, known] : in_order_) {
    if (!EndsWithPath(container, tail)) continue;
    for (const Row& row : known->rows) {
      if (row.object == by_keys_ && FoldedEqual(row.leaf, name)) return &row;
    }
  }
  return nullptr;
}

const PathLookup::Container& PathLookup::ContainerOf(const Path& path) {
  if (path.id >= containers_.size()) containers_.resize(path.id + 1);
  Container& container = containers_[path.id];
  if (container.kind == Container::Kind::kUnresolved) container = Resolve(path.text);
  return container;
}

PathLookup::Container PathLookup::Resolve(std::string_view text) {
  const std::string_view path = WithoutRoot(text);
  const Container whole = ResolveWhole(path);
  return suffixes_in_order_.empty() ? whole : WithSuffixes(path, whole);
}

PathLookup::Container PathLookup::ResolveWhole(std::string_view path) const {
  using Kind = Container::Kind;
  const bool is_config = HasElement(path, "config");
  std::string_view prefix = path;
  while (!prefix.empty()) {
    if (const auto known = known_.find(std::string(prefix)); known != known_.end()) {
      if (prefix.size() == path.size()) return {Kind::kKnown, is_config, &known->second, {}};
      if (is_config) return {Kind::kIgnored, is_config, nullptr, {}};
      if (HoldsSubsystems(prefix)) break;
      return {Kind::kNested, is_config, &known->second, path.substr(prefix.size() + 1)};
    }
    const size_t slash = prefix.rfind('/');
    prefix = slash == std::string_view::npos ? std::string_view() : prefix.substr(0, slash);
  }
  if (prefix.empty() && IsTail(path)) return {Kind::kTrimmed, is_config, nullptr, path};
  return {Kind::kOtherSubsystem, is_config, nullptr, {}};
}

// The rows of all suffixes of the path, then those that it has anyway.
PathLookup::Container PathLookup::WithSuffixes(std::string_view path, const Container& whole) {
  using Kind = Container::Kind;
  Known* combined = nullptr;
  for (const auto& [suffix, known] : suffixes_in_order_) {
    if (!EndsWithPath(path, suffix)) continue;
    if (combined == nullptr) combined = &combined_.emplace_back(Known{known->object, {}});
    combined->rows.insert(combined->rows.end(), known->rows.begin(), known->rows.end());
  }
  if (combined == nullptr) return whole;
  const bool has_known = whole.kind == Kind::kKnown || whole.kind == Kind::kNested;
  if (has_known) combined->object = whole.known->object;
  if (whole.kind == Kind::kKnown) {
    combined->rows.insert(combined->rows.end(), whole.known->rows.begin(), whole.known->rows.end());
  }
  return {Kind::kKnown, whole.is_config, combined, has_known ? whole.rest : std::string_view()};
}

bool PathLookup::IsTail(std::string_view path) const {
  return std::any_of(in_order_.begin(), in_order_.end(),
                     [&](const auto& known) { return EndsWithPath(known.first, path); });
}

std::optional<Object> PathLookup::ListEntry(const Path& path) {
  const Container& container = ContainerOf(path);
  if (container.kind != Container::Kind::kKnown) return std::nullopt;
  return EntryOf(path.text, container.known->object);
}

}  // namespace ntsp::normalize
