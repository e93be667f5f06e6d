#include "decode/tree.h"

#include <algorithm>
#include <array>

#include "decode/append.h"

namespace ntsp::decode {
namespace {

// Lists that may come as a single object, and whose objects must not be mixed up with what is around them.
constexpr std::array<std::string_view, 12> kLists = {
    "interface", "subinterface", "address", "secondary-address", "interface-brief",  "detail",
    "brief",     "port",         "lag",     "component",         "network-instance", "cpu"};

// Leaves that are the key of their list, in all models that matter.
constexpr std::array<std::string_view, 8> kKeyLeaves = {"name",           "index",   "ip",       "ip-prefix",
                                                        "interface-name", "port-id", "lag-name", "vrf-name"};

char Folded(char c) {
  return c == '_' ? '-' : c;
}

// `name` is `known`, but for a module prefix and '_'.
bool IsName(std::string_view name, std::string_view known) {
  if (name.size() < known.size()) return false;
  const size_t prefix = name.size() - known.size();
  if (prefix > 0 && name[prefix - 1] != ':') return false;
  name.remove_prefix(prefix);
  return std::ranges::equal(name, known, {}, Folded);
}

// The key leaf that `name` is, as the table spells it; empty: none.
std::string_view KeyLeaf(std::string_view name) {
  for (const std::string_view known : kKeyLeaves) {
    if (!name.empty() && name.back() == known.back() && IsName(name, known)) return known;
  }
  return {};
}

bool IsList(std::string_view name) {
  return std::ranges::any_of(kLists, [name](std::string_view list) {
    return !name.empty() && name.back() == list.back() && IsName(name, list);
  });
}

std::string_view LastElement(const Path& path) {
  const std::string_view text = path.text;
  return text.substr(text.rfind('/') + 1);  // npos + 1 is 0
}

bool HoldsObjects(const JsonCursor& at) {
  if (!at.AtArray()) return false;  // as nearly always, and a copy has its price
  JsonCursor in = at;
  return in.EnterArray() && in.AtObject();
}

// What stands between the brackets of an array, without blanks around it.
std::string_view Inside(std::string_view array) {
  constexpr std::string_view kBlanks = " \t\r\n";
  array = array.substr(1, array.size() - 2);
  const size_t first = array.find_first_not_of(kBlanks);
  return first == array.npos ? std::string_view()
                             : array.substr(first, array.find_last_not_of(kBlanks) + 1 - first);
}

// Recursion is bounded by JsonCursor::kMaxDepth.
class Tree {
 public:
  Tree(const Sample& about, Context& context)
      : about_(about), out_(context.out), paths_(context.paths), work_(context.tree_work) {
    work_.Clear();
  }

  void Read(JsonCursor& in) {
    const Mark mark = {out_.leaves.size(), out_.keys.size()};
    if (in.AtArray()) {
      ReadEntries(in, *about_.path, TreeWork::kNoParent);
    } else {
      ReadInstance(in, *about_.path, TreeWork::kNoParent, IsList(LastElement(*about_.path)));
    }
    if (in.error()) return TakeBack(mark);
    for (Instance& instance : work_.instances) Emit(instance);
  }

 private:
  using Instance = TreeWork::Instance;
  struct Mark {
    size_t leaves, keys;
  };

  void TakeBack(const Mark& mark) {
    out_.leaves.resize(mark.leaves);
    out_.keys.resize(mark.keys);
  }

  void ReadEntries(JsonCursor& in, const Path& list, uint32_t parent) {
    for (bool more = in.EnterArray(); more; more = in.NextElement()) {
      if (in.AtObject()) {
        ReadInstance(in, list, parent, /*is_entry=*/true);
      } else if (in.AtArray()) {
        ReadEntries(in, list, parent);
      } else {
        in.Skip();
      }
    }
  }

  void ReadInstance(JsonCursor& in, const Path& path, uint32_t parent, bool is_entry) {
    const auto number = static_cast<uint32_t>(work_.instances.size());
    const size_t leaves = work_.open_leaves.size(), keys = work_.open_keys.size();
    work_.instances.push_back({.path = &path, .parent = parent});
    ReadContainer(in, path, number, is_entry);
    Instance& instance = work_.instances[number];
    instance.first_leaf = static_cast<uint32_t>(out_.leaves.size());
    instance.leaf_count = static_cast<uint32_t>(work_.open_leaves.size() - leaves);
    instance.first_own = static_cast<uint32_t>(work_.own_keys.size());
    instance.own_count = static_cast<uint32_t>(work_.open_keys.size() - keys);
    Move(work_.open_leaves, leaves, out_.leaves);
    Move(work_.open_keys, keys, work_.own_keys);
  }

  template <typename Part>
  static void Move(std::vector<Part>& from, size_t first, std::vector<Part>& to) {
    to.insert(to.end(), from.begin() + static_cast<ptrdiff_t>(first), from.end());
    from.resize(first);
  }

  void ReadContainer(JsonCursor& in, const Path& container, uint32_t instance, bool is_entry) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view name = in.Key();
      if (in.AtObject()) {
        ReadObject(in, paths_.Below(container, name), name, instance);
      } else if (in.AtArray() && HoldsObjects(in)) {
        ReadEntries(in, paths_.Below(container, name), instance);
      } else {
        ReadLeaf(in, container, name, is_entry);
      }
    }
  }

  void ReadObject(JsonCursor& in, const Path& path, std::string_view name, uint32_t instance) {
    if (IsList(name)) return ReadInstance(in, path, instance, /*is_entry=*/true);
    ReadContainer(in, path, instance, /*is_entry=*/false);
  }

  void ReadLeaf(JsonCursor& in, const Path& container, std::string_view name, bool is_entry) {
    const Scalar value = in.AtText() ? in.Value() : ReadTreeLeaf(in);
    if (value.kind == Scalar::Kind::kNull) return;
    Append(work_.open_leaves, container, name, value);
    if (!is_entry) return;
    const std::string_view key = KeyLeaf(name);
    if (!key.empty()) Append(work_.open_keys, out_.arena.Join(LastElement(container), "_", key), value);
  }

  void Emit(Instance& instance) {
    PutKeys(instance);
    if (instance.leaf_count == 0) return;
    Sample& sample = out_.samples.emplace_back(about_);
    sample.path = instance.path;
    sample.first_key = instance.first_key;
    sample.key_count = instance.key_count;
    sample.first_leaf = instance.first_leaf;
    sample.leaf_count = instance.leaf_count;
  }

  // Those of the parent, then its own. Without own ones it shares its parent's.
  void PutKeys(Instance& instance) {
    const bool is_top = instance.parent == TreeWork::kNoParent;
    const uint32_t first = is_top ? about_.first_key : work_.instances[instance.parent].first_key;
    const uint32_t inherited = is_top ? about_.key_count : work_.instances[instance.parent].key_count;
    const uint32_t room = kMaxTreeKeys - std::min(kMaxTreeKeys, inherited);
    const uint32_t own = std::min(instance.own_count, room);
    instance.first_key = own == 0 ? first : static_cast<uint32_t>(out_.keys.size());
    instance.key_count = inherited + own;
    if (own == 0) return;
    out_.keys.resize(instance.first_key + instance.key_count);
    const auto to = out_.keys.begin() + instance.first_key;
    std::copy_n(out_.keys.begin() + first, inherited, to);
    std::copy_n(work_.own_keys.begin() + instance.first_own, own, to + inherited);
  }

  const Sample& about_;
  Samples& out_;
  Paths& paths_;
  TreeWork& work_;
};

}  // namespace

void ReadTree(JsonCursor& in, const Sample& about, Context& context) {
  Tree(about, context).Read(in);
}

bool AtTree(const JsonCursor& in) {
  return in.AtObject() || HoldsObjects(in);
}

Scalar ReadTreeLeaf(JsonCursor& in) {
  const Scalar value = in.Value();
  if (value.kind != Scalar::Kind::kJson) return value;
  const std::string_view inside = Inside(value.text);
  if (inside == "null") return {Scalar::Kind::kBool, "true"};
  return inside.empty() ? Scalar{} : value;
}

void AddLeaf(std::string_view name, const Scalar& value, const Sample& about, Context& context) {
  if (value.kind == Scalar::Kind::kNull) return;
  Sample& sample = context.out.samples.emplace_back(about);
  sample.first_leaf = static_cast<uint32_t>(context.out.leaves.size());
  sample.leaf_count = 1;
  Append(context.out.leaves, *about.path, name, value);
}

void ReadTreeValue(JsonCursor& in, std::string_view name, const Sample& about, Context& context) {
  if (!AtTree(in)) return AddLeaf(name, ReadTreeLeaf(in), about, context);
  Sample below = about;
  below.path = &context.paths.Below(*about.path, name);
  ReadTree(in, below, context);
}

}  // namespace ntsp::decode
