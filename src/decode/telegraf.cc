#include "decode/telegraf.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "decode/append.h"
#include "decode/gnmic_event.h"
#include "decode/instances.h"
#include "decode/list_key.h"
#include "decode/samples_mark.h"
#include "decode/telegraf_name.h"
#include "decode/time_value.h"

namespace ntsp::decode {
namespace {

using Kind = Scalar::Kind;
using Hint = TelegrafName::Hint;

std::string_view TextOf(const Scalar& value) {
  return value.kind == Kind::kText ? value.text : std::string_view();
}

// `path` up to and with the last of its elements that one of the keys belongs to.
std::string_view UpToKeyedList(std::string_view path, std::span<const Key> keys) {
  size_t end = 0;
  for (size_t begin = 0; begin < path.size();) {
    const std::string_view element = path.substr(begin, path.find('/', begin) - begin);
    const auto is_of_element = [element](const Key& key) {
      return key.name.starts_with(element) && key.name.substr(element.size()).starts_with('_');
    };
    begin += element.size() + 1;
    if (std::ranges::any_of(keys, is_of_element)) end = begin - 1;
  }
  return end == 0 ? path : path.substr(0, end);
}

class TelegrafMetric {
 public:
  // `envelope` is the metric itself or the batch that it stands in.
  TelegrafMetric(Context& context, uint32_t envelope)
      : context_(context), out_(context.out), names_(context.telegraf_names), envelope_(envelope) {}

  void Read(JsonCursor& in) {
    first_key_ = static_cast<uint32_t>(out_.keys.size());
    first_leaf_ = static_cast<uint32_t>(out_.leaves.size());
    const auto from = in.mark();
    in.AtObject() ? ReadMembers(in) : Refuse(in, "is not an object");
    if (in.error()) return;
    Append(out_.elements, envelope_, in.Raw(from));
    if (problem_) return Fail();
    if (leaves().empty()) return Drop(DropKind::kEmptyEvent, name_);
    Emit();
  }

 private:
  std::span<Leaf> leaves() { return std::span(out_.leaves).subspan(first_leaf_); }
  std::span<Key> keys() { return std::span(out_.keys).subspan(first_key_); }

  void ReadMembers(JsonCursor& in) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "fields") {
        ReadFields(in);
      } else if (key == "tags") {
        ReadTags(in);
      } else if (key == "name") {
        name_ = TextOf(in.Value());
      } else if (key == "timestamp") {
        time_ = ReadTime(in.Value());
      } else {
        in.Skip();
      }
    }
  }

  // The container of a leaf is not known before the tags.
  void ReadFields(JsonCursor& in) {
    out_.leaves.resize(first_leaf_);
    if (!in.AtObject()) return Refuse(in, "has \"fields\" that are not an object");
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      Leaf& leaf = out_.leaves.emplace_back();
      leaf.name = in.Key();
      const Scalar value = in.Value();
      leaf.value.kind = value.kind;
      leaf.value.text = value.text;
    }
  }

  void ReadTags(JsonCursor& in) {
    out_.keys.resize(first_key_);
    source_ = path_ = {};
    if (!in.AtObject()) {
      if (in.Value().kind != Kind::kNull) RefuseWith("has \"tags\" that are not an object");
      return;
    }
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view tag = in.Key();
      const Scalar value = in.Value();
      if (tag == "source") {
        if (value.kind != Kind::kText) RefuseWith("has a tag source that is not text");
        source_ = WithoutPort(value.text);
      } else if (tag == "path") {
        path_ = TextOf(value);
      } else if (tag != "host" && tag != "subscription") {
        Append(out_.keys, tag, value);
      }
    }
  }

  void Refuse(JsonCursor& in, std::string_view what) {
    in.Skip();
    RefuseWith(what);
  }

  // The first problem is the one that is told.
  void RefuseWith(std::string_view what) {
    if (!problem_) {
      problem_ = Rejection{RejectKind::kInvalidKey, fmt::format("Telegraf metric {} {}", name_, what)};
    }
  }

  void Fail() {
    Forget();
    const auto element = static_cast<uint32_t>(out_.elements.size() - 1);
    out_.failed.push_back({element, out_.elements.back().raw, std::move(*problem_)});
  }

  void Drop(DropKind kind, std::string_view path) {
    Forget();
    out_.drops.push_back({kind, path, static_cast<uint32_t>(out_.elements.size() - 1)});
  }

  void Forget() {
    out_.keys.resize(first_key_);
    out_.leaves.resize(first_leaf_);
  }

  void Emit() {
    const bool name_is_path = path_.empty() && name_.find('/') != std::string_view::npos;
    const Path& base = names_.StartMetric(name_is_path ? name_ : path_);
    if (IsDelete()) return EmitDelete(base);
    Resolve();
    const Path& container = *leaves().front().container;
    NameKeys(container);
    if (base.text.empty() && !IsPlaced(container)) return Drop(DropKind::kOtherSubsystem, name_);
    has_places_ ? EmitInstances() : EmitSample(base.text.empty() ? container : base);
  }

  // Finds out what each field is a leaf of. Fields in lists are put in order apart.
  void Resolve() {
    for (Leaf& leaf : leaves()) {
      const TelegrafName& name = names_.Find(leaf.name);
      leaf.container = name.name->container;
      leaf.name = name.name->leaf;
      hint_ = std::max(hint_, name.hint);
      if (name.name->instance != GnmicNames::kEvent && !has_places_) StartPlaces(leaf);
      if (has_places_) context_.gnmic_work.values.push_back({name.name, leaf});
    }
  }

  // `first` is the first field that stands in a list inside a value.
  void StartPlaces(const Leaf& first) {
    static const GnmicName kOfTheMetric{nullptr, {}, GnmicNames::kEvent, {}};
    has_places_ = true;
    context_.gnmic_work.Clear();
    for (const Leaf& before : leaves()) {
      if (&before == &first) return;
      context_.gnmic_work.values.push_back({&kOfTheMetric, before});
    }
  }

  void NameKeys(const Path& container) {
    for (Key& key : keys()) {
      const size_t slash = key.name.rfind('/');
      if (slash == std::string_view::npos) {
        const auto known = ListKey(container.text, key.name);
        if (known) key.name = *known, is_keyed_ = true;
      } else {
        // "…/protocols/protocol/name": the bare key was taken by a list further out.
        const std::string_view list = key.name.substr(0, slash);
        key.name = out_.arena.Join(list.substr(list.rfind('/') + 1), "_", key.name.substr(slash + 1));
      }
    }
  }

  // A metric without a path says in another way what it is about.
  bool IsPlaced(const Path& container) {
    if (is_keyed_ || container.text.find('/') != std::string::npos) return true;
    const auto named = [this](std::string_view name) {
      return std::ranges::any_of(keys(), [name](const Key& key) { return key.name == name; });
    };
    if (named("interface_name")) return true;
    if (!named("name") || !IsAboutInterface()) return false;
    for (Key& key : keys()) key.name = InterfaceListKey(key.name).value_or(key.name);
    return true;
  }

  bool IsAboutInterface() const {
    if (hint_ != Hint::kMaybeInterface) return hint_ == Hint::kInterface;
    const std::string name = CanonicalPath(name_);
    return name.find("interface") != std::string::npos || name.starts_with("if");
  }

  void EmitSample(const Path& path) {
    Sample& sample = AppendSample(out_.samples);
    sample.element = static_cast<uint32_t>(out_.elements.size() - 1);
    sample.path = &path;
    sample.node = source_;
    sample.time = time_;
    sample.first_key = first_key_;
    sample.key_count = static_cast<uint32_t>(keys().size());
    sample.first_leaf = first_leaf_;
    sample.leaf_count = static_cast<uint32_t>(leaves().size());
  }

  // One for each object of the lists in it.
  void EmitInstances() {
    context_.gnmic_work.tags.assign(keys().begin(), keys().end());
    Forget();
    Instances(context_, source_, time_).Emit();
  }

  bool IsDelete() {
    const Leaf& first = leaves().front();
    return leaves().size() == 1 && first.name == "operation" && TextOf(first.value) == "delete";
  }

  void EmitDelete(const Path& base) {
    if (base.text.empty()) return Drop(DropKind::kOtherSubsystem, name_);
    out_.leaves.resize(first_leaf_);
    NameKeys(base);
    EmitSample(context_.paths.Intern(UpToKeyedList(base.text, keys())));
    out_.samples.back().deleted = true;
  }

  Context& context_;
  Samples& out_;
  TelegrafNames& names_;
  const uint32_t envelope_;
  uint32_t first_key_ = 0, first_leaf_ = 0;

  std::string_view name_, source_, path_;
  std::optional<Timestamp> time_;
  std::optional<Rejection> problem_;
  Hint hint_ = Hint::kNone;
  bool has_places_ = false;  // a field stands in a list inside a value
  bool is_keyed_ = false;    // a bare tag is the key of a list on the way
};

uint32_t AddEnvelope(Context& context) {
  context.out.envelopes.push_back({.dialect = Dialect::kTelegraf});
  return static_cast<uint32_t>(context.out.envelopes.size() - 1);
}

void ReadMetrics(JsonCursor& in, uint32_t envelope, Context& context) {
  if (!in.AtArray()) return TelegrafMetric(context, envelope).Read(in);
  for (bool more = in.EnterArray(); more; more = in.NextElement()) TelegrafMetric(context, envelope).Read(in);
}

}  // namespace

void DecodeTelegraf(JsonCursor& in, Context& context) {
  const auto from = in.mark();
  const uint32_t envelope = AddEnvelope(context);
  TelegrafMetric(context, envelope).Read(in);
  if (!in.error()) context.out.envelopes[envelope].raw = in.Raw(from);
}

void DecodeTelegrafBatch(JsonCursor& in, Context& context) {
  const auto from = in.mark();
  const uint32_t envelope = AddEnvelope(context);
  const SamplesMark mark(context.out);
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    if (in.Key() == "metrics") {
      mark.TakeBack(context.out);  // of those given twice the last count
      ReadMetrics(in, envelope, context);
    } else {
      in.Skip();
    }
  }
  if (!in.error()) context.out.envelopes[envelope].raw = in.Raw(from);
}

}  // namespace ntsp::decode
