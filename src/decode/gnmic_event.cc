#include "decode/gnmic_event.h"

#include <fmt/format.h>

#include <algorithm>

#include "decode/append.h"
#include "decode/leaves.h"
#include "decode/time_value.h"

namespace ntsp::decode {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// Tags that say where the event comes from, not what it is about.
bool IsOriginTag(std::string_view tag) {
  constexpr std::string_view kOrigin[] = {"subscription-name", "path", "prefix", "host", "hostname"};
  return std::ranges::find(kOrigin, tag) != std::end(kOrigin) || tag.starts_with("meta_");
}

// The longest path that both are at or below.
std::string_view CommonContainer(std::string_view a, std::string_view b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  const bool a_ends = in_a == a.end(), b_ends = in_b == b.end();
  const auto same = static_cast<size_t>(in_a - a.begin());
  if ((a_ends || *in_a == '/') && (b_ends || *in_b == '/')) return a.substr(0, same);
  const size_t slash = a.substr(0, same).rfind('/');
  return slash == std::string_view::npos ? std::string_view() : a.substr(0, slash);
}

class GnmicEvent {
 public:
  explicit GnmicEvent(Context& context)
      : out_(context.out), paths_(context.paths), names_(context.gnmic_names), work_(context.gnmic_work) {}

  void Read(JsonCursor& in) {
    work_.Clear();
    const auto from = in.mark();
    ReadMembers(in);
    if (in.error()) return;
    const std::string_view raw = in.Raw(from);
    const auto envelope = static_cast<uint32_t>(out_.envelopes.size());
    out_.envelopes.push_back({Dialect::kGnmicEvent, raw, node(), {}, time_});
    if (problem_) return Fail(envelope, raw);
    if (work_.values.empty() && work_.deletes.empty()) {
      return out_.drops.push_back({DropKind::kEmptyEvent, name_});
    }
    Append(out_.elements, envelope, raw);
    EmitValues();
    EmitDeletes();
  }

 private:
  using Value = GnmicWork::Value;
  using Slot = GnmicWork::Slot;

  void ReadMembers(JsonCursor& in) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "tags") {
        ReadTags(in);
      } else if (key == "values") {
        ReadValues(in);
      } else if (key == "deletes") {
        ReadDeletes(in);
      } else if (key == "timestamp") {
        time_ = ReadTime(in.Value());
      } else if (key == "name") {
        name_ = in.Value().text;
      } else {
        in.Skip();
      }
    }
  }

  std::string_view node() const { return source_.empty() ? target_ : source_; }

  // REQUIRES: in.AtObject(), which Detect has seen; of `tags` given twice the last counts.
  void ReadTags(JsonCursor& in) {
    work_.tags.clear();
    source_ = target_ = {};
    if (!in.AtObject()) return Refuse(in, "tags");
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view tag = in.Key();
      const Scalar value = in.Value();
      if (tag == "source") {
        source_ = WithoutPort(NodeName(tag, value));
      } else if (tag == "target") {
        target_ = NodeName(tag, value);
      } else if (!IsOriginTag(tag)) {
        Append(work_.tags, tag, value);
      }
    }
  }

  std::string_view NodeName(std::string_view tag, const Scalar& value) {
    if (value.kind == Scalar::Kind::kText || value.kind == Scalar::Kind::kNumber) return value.text;
    if (!problem_) {
      problem_ = Rejection{RejectKind::kInvalidKey, fmt::format("gNMIc event whose tag {} is not text", tag)};
    }
    return {};
  }

  void ReadValues(JsonCursor& in) {
    work_.values.clear();
    if (!in.AtObject()) return Refuse(in, "values");
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const GnmicName& name = names_.Parse(in.Key());
      if (in.AtObject()) {
        ReadObject(in, name);
      } else {
        AddValue(name, *name.container, name.leaf, in.Value(), /*nested=*/false);
      }
    }
  }

  void ReadObject(JsonCursor& in, const GnmicName& name) {
    const Path& container = paths_.Intern(out_.arena.Join(name.container->text, "/", name.leaf));
    WalkLeaves(in, container, paths_, out_.arena,
               [&](const Path& path, std::string_view leaf, const Scalar& value) {
                 AddValue(name, path, leaf, value, /*nested=*/true);
               });
  }

  void AddValue(const GnmicName& name, const Path& container, std::string_view leaf, const Scalar& scalar,
                bool nested) {
    Value& value = work_.values.emplace_back();
    value.name = &name;
    value.leaf.container = &container;
    value.leaf.name = leaf;
    value.leaf.value.kind = scalar.kind;
    value.leaf.value.text = scalar.text;
    value.nested = nested;
  }

  void ReadDeletes(JsonCursor& in) {
    work_.deletes.clear();
    if (!in.AtArray()) return Refuse(in, "deletes");
    for (bool more = in.EnterArray(); more; more = in.NextElement()) {
      const Scalar path = in.Value();
      if (path.kind == Scalar::Kind::kText) work_.deletes.push_back(path.text);
    }
  }

  void Refuse(JsonCursor& in, std::string_view member) {
    if (in.Value().kind == Scalar::Kind::kNull || problem_) return;
    problem_ = Rejection{RejectKind::kInvalidKey,
                         fmt::format("gNMIc event {} whose \"{}\" has the wrong type", name_, member)};
  }

  void Fail(uint32_t envelope, std::string_view raw) {
    const auto element = static_cast<uint32_t>(out_.elements.size());
    Append(out_.elements, envelope, raw);
    out_.failed.push_back({element, raw, std::move(*problem_)});
  }

  // A sample for each object instance, in the order in which they are first mentioned.
  void EmitValues() {
    AssignSlots();
    const size_t first_leaf = PlaceLeaves();
    for (const Slot& slot : work_.slots) EmitInstance(slot, first_leaf);
    for (const Slot& slot : work_.slots) work_.slot_of[slot.instance] = kNone;
  }

  void AssignSlots() {
    work_.slot_of.resize(names_.instance_count(), kNone);
    for (Value& value : work_.values) {
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
  size_t PlaceLeaves() {
    const size_t first = out_.leaves.size();
    uint32_t begin = 0;
    for (Slot& slot : work_.slots) {
      slot.first = slot.next = begin;
      begin += slot.count;
    }
    out_.leaves.resize(first + begin);
    for (const Value& value : work_.values) {
      Slot& slot = work_.slots[value.slot];
      out_.leaves[first + slot.next++] = value.leaf;
      if (value.nested || value.name->key.empty()) continue;
      work_.keys.push_back({{value.name->key, value.leaf.value}, slot.last_key});
      slot.last_key = static_cast<uint32_t>(work_.keys.size() - 1);
    }
    return first;
  }

  void EmitInstance(const Slot& slot, size_t first_leaf) {
    Sample& sample = NewSample();
    sample.path = slot.instance == GnmicNames::kEvent ? &CommonPath(first_leaf + slot.first, slot.count)
                                                      : names_.instance(slot.instance).list;
    PutInstanceKeys(slot.instance);
    sample.key_count = static_cast<uint32_t>(out_.keys.size()) - sample.first_key;
    sample.first_leaf = static_cast<uint32_t>(first_leaf) + slot.first;
    sample.leaf_count = slot.count;
  }

  // With the tags as keys and no leaves yet.
  Sample& NewSample() {
    Sample& sample = AppendSample(out_.samples);
    sample.element = static_cast<uint32_t>(out_.elements.size() - 1);
    sample.node = node();
    sample.time = time_;
    sample.first_key = static_cast<uint32_t>(out_.keys.size());
    sample.key_count = static_cast<uint32_t>(work_.tags.size());
    sample.first_leaf = static_cast<uint32_t>(out_.leaves.size());
    for (const Key& tag : work_.tags) Append(out_.keys, tag.name, tag.value);
    return sample;
  }

  // Keys of the list entries that the instance stands in, from the outermost on.
  void PutInstanceKeys(uint32_t instance) {
    if (instance == GnmicNames::kEvent) return;
    PutInstanceKeys(names_.instance(instance).parent);
    const uint32_t slot = work_.slot_of[instance];
    if (slot == kNone) return;
    for (uint32_t key = work_.slots[slot].last_key; key != kNone; key = work_.keys[key].previous) {
      out_.keys.push_back(work_.keys[key].key);
    }
  }

  const Path& CommonPath(size_t first, size_t count) {
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

  void EmitDeletes() {
    for (const std::string_view path : work_.deletes) {
      Sample& sample = NewSample();
      sample.path = &paths_.Intern(path);
      sample.deleted = true;
    }
  }

  Samples& out_;
  Paths& paths_;
  GnmicNames& names_;
  GnmicWork& work_;
  std::string_view name_, source_, target_;
  std::optional<Timestamp> time_;
  std::optional<Rejection> problem_;
};

}  // namespace

void DecodeGnmicEvent(JsonCursor& in, Context& context) {
  GnmicEvent(context).Read(in);
}

std::string_view WithoutPort(std::string_view source) {
  if (source.starts_with('[')) {
    const size_t bracket = source.find(']');
    return bracket == std::string_view::npos ? source : source.substr(1, bracket - 1);
  }
  const size_t colon = source.find(':');
  return colon == source.rfind(':') ? source.substr(0, colon) : source;
}

}  // namespace ntsp::decode
