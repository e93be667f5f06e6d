#include "decode/gnmic_event.h"

#include <fmt/format.h>

#include <algorithm>

#include "decode/append.h"
#include "decode/instances.h"
#include "decode/leaves.h"
#include "decode/time_value.h"

namespace ntsp::decode {
namespace {

// Tags that say where the event comes from, not what it is about.
bool IsOriginTag(std::string_view tag) {
  constexpr std::string_view kOrigin[] = {"subscription-name", "path", "prefix", "host", "hostname"};
  return std::ranges::find(kOrigin, tag) != std::end(kOrigin) || tag.starts_with("meta_");
}

class GnmicEvent {
 public:
  explicit GnmicEvent(Context& context)
      : context_(context),
        out_(context.out),
        paths_(context.paths),
        names_(context.gnmic_names),
        work_(context.gnmic_work) {}

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
    Instances objects(context_, node(), time_);
    objects.Emit();
    for (const std::string_view path : work_.deletes) {
      Sample& sample = objects.NewSample();
      sample.path = &paths_.Intern(path);
      sample.deleted = true;
    }
  }

 private:
  using Value = GnmicWork::Value;

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
    WalkLeaves(in, container, paths_, [&](const Path& path, std::string_view leaf, const Scalar& value) {
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

  Context& context_;
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
