#include "decode/eda.h"

#include <fmt/format.h>

#include "decode/append.h"
#include "decode/leaves.h"
#include "decode/time_value.h"

namespace ntsp::decode {
namespace {

std::string_view KindName(Scalar::Kind kind) {
  switch (kind) {
    case Scalar::Kind::kNull:
      return "null";
    case Scalar::Kind::kBool:
      return "a boolean";
    case Scalar::Kind::kNumber:
      return "a number";
    case Scalar::Kind::kText:
      return "text";
    case Scalar::Kind::kJson:
      return "an object or array";
  }
  return "";
}

class EdaMessage {
 public:
  explicit EdaMessage(Context& context)
      : out_(context.out),
        paths_(context.paths),
        envelope_(static_cast<uint32_t>(out_.envelopes.size())),
        first_element_(out_.elements.size()),
        first_sample_(out_.samples.size()),
        first_failed_(out_.failed.size()),
        first_key_(out_.keys.size()),
        first_leaf_(out_.leaves.size()) {}

  void Read(JsonCursor& in) {
    const auto from = in.mark();
    out_.envelopes.push_back({Dialect::kEda, {}, {}, {}, std::nullopt});
    ReadMembers(in);
    // Entries that came before their path, or whose path was given once more: now it is known.
    if (!in.error() && read_under_ != path_) ReadEntriesAgain();
    if (in.error()) return;
    out_.envelopes[envelope_].raw = in.Raw(from);
    SpreadTime();
    if (out_.elements.size() == first_element_) out_.drops.push_back({DropKind::kEmptyEvent, spelling_});
  }

 private:
  void ReadMembers(JsonCursor& in) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "path") {
        spelling_ = in.Value().text;
        path_ = &paths_.Intern(spelling_, '.');
      } else if (key == "entries") {
        ReadOrPostpone(in);
      } else if (key == "timestamp") {
        out_.envelopes[envelope_].time = ReadTime(in.Value());
      } else {
        in.Skip();
      }
    }
  }

  void ReadOrPostpone(JsonCursor& in) {
    Forget();
    entries_ = in;
    if (path_ == nullptr) return in.Skip();
    read_under_ = path_;
    ReadEntries(in);
  }

  void ReadEntriesAgain() {
    Forget();
    if (entries_) ReadEntries(*entries_);
  }

  // Of `entries` given twice the last counts.
  void Forget() {
    out_.elements.resize(first_element_);
    out_.samples.resize(first_sample_);
    out_.failed.resize(first_failed_);
    out_.keys.resize(first_key_);
    out_.leaves.resize(first_leaf_);
  }

  void ReadEntries(JsonCursor& in) {
    if (!in.AtArray()) return ReadEntry(in);
    for (bool more = in.EnterArray(); more; more = in.NextElement()) ReadEntries(in);
  }

  void ReadEntry(JsonCursor& in) {
    const auto from = in.mark();
    entry_ = &AppendSample(out_.samples);
    entry_->element = static_cast<uint32_t>(out_.elements.size());
    entry_->path = path_;
    entry_->first_key = static_cast<uint32_t>(out_.keys.size());
    entry_->first_leaf = static_cast<uint32_t>(out_.leaves.size());
    problem_.reset();
    has_keys_ = false;
    ReadEntryMembers(in);
    if (in.error()) return;
    Append(out_.elements, envelope_, in.Raw(from));
    if (!problem_ && !has_keys_) Refuse(RejectKind::kMissingNode, "has no \"keys\", so no node is named");
    problem_ ? FailEntry() : KeepEntry();
  }

  void ReadEntryMembers(JsonCursor& in) {
    if (!in.AtObject()) {
      in.Skip();
      return Refuse(RejectKind::kInvalidKey, "is not an object");
    }
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "keys") {
        ReadKeys(in);
      } else if (key == "fields") {
        ReadFields(in);
      } else if (key == "timestamp") {
        entry_->time = ReadTime(in.Value());
      } else {
        in.Skip();
      }
    }
  }

  void ReadKeys(JsonCursor& in) {
    has_keys_ = true;
    out_.keys.resize(entry_->first_key);
    if (!in.AtObject()) {
      in.Skip();
      return Refuse(RejectKind::kInvalidKey, "has \"keys\" that are not an object");
    }
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view name = in.Key();
      if (name == "node_name") {
        entry_->node = ReadName(in, name);
      } else if (name == "namespace_name") {
        entry_->node_namespace = ReadName(in, name);
      } else {
        Append(out_.keys, name, in.Value());
      }
    }
  }

  std::string_view ReadName(JsonCursor& in, std::string_view key) {
    const Scalar value = in.Value();
    if (value.kind == Scalar::Kind::kText || value.kind == Scalar::Kind::kNumber) return value.text;
    Refuse(RejectKind::kInvalidKey,
           fmt::format("has a key {} that is {}, not text", key, KindName(value.kind)));
    return {};
  }

  void ReadFields(JsonCursor& in) {
    out_.leaves.resize(entry_->first_leaf);
    if (in.AtObject()) {
      return WalkLeaves(in, *path_, paths_,
                        [this](const Path& container, std::string_view name, const Scalar& value) {
                          Append(out_.leaves, container, name, value);
                        });
    }
    const Scalar value = in.Value();
    if (value.kind != Scalar::Kind::kNull) {
      Refuse(RejectKind::kInvalidKey,
             fmt::format("has \"fields\" that are {}, not an object", KindName(value.kind)));
    }
  }

  // The first problem is the one that is told.
  void Refuse(RejectKind kind, std::string_view what) {
    if (!problem_) problem_ = Rejection{kind, fmt::format("EDA entry of path {} {}", spelling_, what)};
  }

  void FailEntry() {
    out_.keys.resize(entry_->first_key);
    out_.leaves.resize(entry_->first_leaf);
    out_.failed.push_back({entry_->element, out_.elements.back().raw, std::move(*problem_)});
    out_.samples.pop_back();
  }

  void KeepEntry() {
    entry_->key_count = static_cast<uint32_t>(out_.keys.size()) - entry_->first_key;
    entry_->leaf_count = static_cast<uint32_t>(out_.leaves.size()) - entry_->first_leaf;
  }

  void SpreadTime() {
    const auto time = out_.envelopes[envelope_].time;
    for (size_t i = first_sample_; i < out_.samples.size(); ++i) {
      if (!out_.samples[i].time) out_.samples[i].time = time;
    }
  }

  Samples& out_;
  Paths& paths_;
  const uint32_t envelope_;
  // How much of `out_` was there before.
  const size_t first_element_, first_sample_, first_failed_, first_key_, first_leaf_;

  std::string_view spelling_;          // of the path
  const Path* path_ = nullptr;         // nullptr: not seen yet
  const Path* read_under_ = nullptr;   // the path that the entries were read under
  std::optional<JsonCursor> entries_;  // where they stand
  Sample* entry_ = nullptr;            // what the entry that is being read becomes
  bool has_keys_ = false;
  std::optional<Rejection> problem_;  // why it cannot be used
};

}  // namespace

void DecodeEda(JsonCursor& in, Context& context) {
  EdaMessage(context).Read(in);
}

}  // namespace ntsp::decode
