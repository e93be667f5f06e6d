#include "decode/instances.h"

#include <algorithm>

#include "decode/append.h"

namespace ntsp::decode {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// The longest path that both are at or below.
std::string_view CommonContainer(std::string_view a, std::string_view b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  const bool a_ends = in_a == a.end(), b_ends = in_b == b.end();
  const auto same = static_cast<size_t>(in_a - a.begin());
  if ((a_ends || *in_a == '/') && (b_ends || *in_b == '/')) return a.substr(0, same);
  const size_t slash = a.substr(0, same).rfind('/');
  return slash == std::string_view::npos ? std::string_view() : a.substr(0, slash);
}

}  // namespace

void Instances::Emit() {
  AssignSlots();
  const size_t first_leaf = PlaceLeaves();
  for (const GnmicWork::Slot& slot : work_.slots) EmitInstance(slot, first_leaf);
  for (const GnmicWork::Slot& slot : work_.slots) work_.slot_of[slot.instance] = kNone;
}

void Instances::AssignSlots() {
  work_.slot_of.resize(names_.instance_count(), kNone);
  for (GnmicWork::Value& value : work_.values) {
    uint32_t& slot = work_.slot_of[value.name->instance];
    if (slot == kNone) {
      slot = static_cast<uint32_t>(work_.slots.size());
      work_.slots.push_back({.instance = value.name->instance});
    }
    value.slot = slot;
    ++work_.slots[slot].count;
  }
}

// Sorts the leaves by slot, stable and in linear time.
size_t Instances::PlaceLeaves() {
  const size_t first = out_.leaves.size();
  uint32_t begin = 0;
  for (GnmicWork::Slot& slot : work_.slots) {
    slot.first = slot.next = begin;
    begin += slot.count;
  }
  out_.leaves.resize(first + begin);
  for (const GnmicWork::Value& value : work_.values) {
    GnmicWork::Slot& slot = work_.slots[value.slot];
    out_.leaves[first + slot.next++] = value.leaf;
    if (value.nested || value.name->key.empty()) continue;
    work_.keys.push_back({{value.name->key, value.leaf.value}, slot.last_key});
    slot.last_key = static_cast<uint32_t>(work_.keys.size() - 1);
  }
  return first;
}

void Instances::EmitInstance(const GnmicWork::Slot& slot, size_t first_leaf) {
  Sample& sample = NewSample();
  sample.path = slot.instance == GnmicNames::kEvent ? &CommonPath(first_leaf + slot.first, slot.count)
                                                    : names_.instance(slot.instance).list;
  PutInstanceKeys(slot.instance);
  sample.key_count = static_cast<uint32_t>(out_.keys.size()) - sample.first_key;
  sample.first_leaf = static_cast<uint32_t>(first_leaf) + slot.first;
  sample.leaf_count = slot.count;
}

Sample& Instances::NewSample() {
  Sample& sample = AppendSample(out_.samples);
  sample.element = static_cast<uint32_t>(out_.elements.size() - 1);
  sample.node = node_;
  sample.time = time_;
  sample.first_key = static_cast<uint32_t>(out_.keys.size());
  sample.key_count = static_cast<uint32_t>(work_.tags.size());
  sample.first_leaf = static_cast<uint32_t>(out_.leaves.size());
  for (const Key& tag : work_.tags) Append(out_.keys, tag.name, tag.value);
  return sample;
}

// Keys of the list entries that the instance stands in, from the outermost on.
void Instances::PutInstanceKeys(uint32_t instance) {
  if (instance == GnmicNames::kEvent) return;
  PutInstanceKeys(names_.instance(instance).parent);
  const uint32_t slot = work_.slot_of[instance];
  if (slot == kNone) return;
  for (uint32_t key = work_.slots[slot].last_key; key != kNone; key = work_.keys[key].previous) {
    out_.keys.push_back(work_.keys[key].key);
  }
}

const Path& Instances::CommonPath(size_t first, size_t count) {
  const Path* common = out_.leaves[first].container;
  std::string_view text = common->text;
  bool same = true;
  for (size_t i = first + 1; i < first + count; ++i) {
    if (out_.leaves[i].container == common) continue;
    text = CommonContainer(text, out_.leaves[i].container->text);
    same = false;
  }
  return same ? *common : paths_.Intern(text);
}

}  // namespace ntsp::decode
