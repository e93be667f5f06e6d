#include "normalize/key_names.h"

#include "normalize/name.h"
#include "normalize/object.h"

namespace ntsp::normalize {
namespace {

struct FixedName {
  std::string_view name;
  const Scalar* Identity::*target;
};

// Keys of lists that no row of the table stands in, and names that are enough by themselves.
constexpr FixedName kFixedNames[] = {
    {"network-instance_name", &Identity::network_instance},
    {"vrf_vrf-name", &Identity::network_instance},
    {"vrf_name", &Identity::network_instance},
    {"cpu_index", &Identity::cpu_index},
    {"ip", &Identity::address},
    {"name", &Identity::bare_name},
    {"index", &Identity::bare_index},
};

// "port-id" says what it is, "name" does not.
bool IsTelling(std::string_view leaf) {
  return leaf.find('-') != std::string_view::npos;
}

bool HasLength(const Scalar* address) {
  return address != nullptr && address->text.find('/') != std::string_view::npos;
}

}  // namespace

KeyNames::KeyNames(std::span<const PathRow> rows) {
  for (const PathRow& row : rows) {
    const auto target = PlaceOf(ObjectOf(row.container, row.table), row.rule);
    if (target == nullptr) continue;
    Add(std::string(LastElement(row.container)).append("_").append(row.leaf), target);
    if (IsTelling(row.leaf)) Add(std::string(row.leaf), target);
  }
  for (const FixedName& fixed : kFixedNames) Add(std::string(fixed.name), fixed.target);
}

void KeyNames::Add(std::string name, const Scalar* Identity::*target) {
  if (name.size() > kLongest || Find(name) != nullptr) return;
  std::vector<Name>& of_its_size = by_size_[name.size()];
  of_its_size.push_back({std::move(name), target});
}

const KeyNames::Name* KeyNames::Find(std::string_view name) const {
  if (name.size() > kLongest) return nullptr;
  for (const Name& known : by_size_[name.size()]) {
    if (SameName(name, known.name)) return &known;  // as nearly all are written
  }
  for (const Name& known : by_size_[name.size()]) {
    if (FoldedEqual(name, known.name)) return &known;
  }
  return nullptr;
}

Identity KeyNames::Read(std::span<const Key> keys) {
  Identity identity;
  for (size_t i = 0; i < keys.size(); ++i) {
    const Scalar& value = keys[i].value;
    if (value.kind == Scalar::Kind::kNull) continue;
    const Name*& last = last_[i % kRemembered];
    if (last == nullptr || !SameName(keys[i].name, last->name)) last = Find(keys[i].name);
    if (last == nullptr || (last->target == &Identity::address && HasLength(identity.address))) continue;
    identity.*last->target = &value;
  }
  return identity;
}

}  // namespace ntsp::normalize
