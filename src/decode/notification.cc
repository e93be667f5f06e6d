#include "decode/notification.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "decode/append.h"
#include "decode/gnmi_path.h"
#include "decode/tree.h"

namespace ntsp::decode {
namespace {

constexpr size_t kLongestShown = 128;  // of a text from outside in an error

std::string_view LastElement(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view Parent(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

// The number of a new envelope, which Finish fills in.
uint32_t Open(Samples& out, Dialect dialect) {
  out.envelopes.push_back({.dialect = dialect});
  return static_cast<uint32_t>(out.envelopes.size() - 1);
}

}  // namespace

Notification::Notification(Context& context, Dialect dialect, std::string_view label)
    : context_(context), out_(context.out), label_(label), envelope_(Open(out_, dialect)), mark_(out_) {}

void Notification::Begin() {
  about_.element = static_cast<uint32_t>(out_.elements.size());
  about_.first_key = static_cast<uint32_t>(out_.keys.size());
  sample_mark_ = out_.samples.size();
  leaf_mark_ = out_.leaves.size();
  Restart();
}

void Notification::Restart() {
  out_.samples.resize(sample_mark_);
  out_.keys.resize(about_.first_key);
  out_.leaves.resize(leaf_mark_);
  problem_.reset();
  is_placed_ = false;
  path_ = prefix_;
  for (const Key& key : prefix_keys_) Append(out_.keys, key.name, key.value);
  if (is_prefix_bad_) Refuse(RejectKind::kInvalidKey, "stands below a prefix that is not a path");
}

void Notification::SetPrefix(std::string_view path) {
  prefix_.clear();
  prefix_keys_.clear();
  is_prefix_bad_ = !AppendGnmiPath(path, prefix_, prefix_keys_, out_.arena);
}

void Notification::AddPath(std::string_view path) {
  if (!AppendGnmiPath(path, path_, out_.keys, out_.arena)) {
    Refuse(RejectKind::kInvalidKey,
           fmt::format("has a path whose keys cannot be read: {}", CutUtf8(path, kLongestShown)));
  }
}

const Sample& Notification::About(std::string_view path) {
  if (!is_placed_) about_.key_count = static_cast<uint32_t>(out_.keys.size()) - about_.first_key;
  is_placed_ = true;
  if (about_.path != nullptr && path == last_spelling_) return about_;
  last_spelling_ = path;
  about_.path = &context_.paths.Intern(path);
  return about_;
}

void Notification::AddValue(JsonCursor& in) {
  if (AtTree(in)) return ReadTree(in, About(path_), context_);
  AddLeaf(ReadTreeLeaf(in));
}

void Notification::AddLeaf(const Scalar& value) {
  if (value.kind == Scalar::Kind::kNull) return;
  const std::string_view name = LastElement(path_);
  if (name.empty()) return Refuse(RejectKind::kInvalidKey, "has a value, but no path names it");
  decode::AddLeaf(out_.arena.Copy(name), value, About(Parent(path_)), context_);
}

void Notification::AddDocument(std::string_view json) {
  JsonIndex& index = context_.nested.value;
  auto error = index.Build(json);
  if (!error) {
    JsonCursor in(index, out_.arena);
    AddValue(in);
    error = in.error();
    if (!error && !in.AtEnd())
      error = JsonError{RejectKind::kInvalidJson, json.size(), "more than one value"};
  }
  if (error) Refuse(RejectKind::kInvalidJson, "has a value that is " + error->ToRejection().message);
}

void Notification::AddDeleted() {
  Sample& sample = out_.samples.emplace_back(About(path_));
  sample.deleted = true;
  sample.first_leaf = static_cast<uint32_t>(out_.leaves.size());
}

void Notification::Refuse(RejectKind kind, std::string_view what) {
  if (!problem_) problem_ = Rejection{kind, fmt::format("{} update {}", label_, what)};
}

void Notification::End(std::string_view raw) {
  const auto element = static_cast<uint32_t>(out_.elements.size());
  Append(out_.elements, envelope_, raw);
  if (problem_) {
    out_.samples.resize(sample_mark_);
    out_.keys.resize(about_.first_key);
    out_.leaves.resize(leaf_mark_);
    out_.failed.push_back({element, raw, std::move(*problem_)});
  } else if (out_.samples.size() == sample_mark_) {
    out_.drops.push_back({DropKind::kEmptyEvent, out_.arena.Copy(path_), element});
  }
}

void Notification::Finish(std::string_view raw, std::string_view node, std::optional<Timestamp> time) {
  Envelope& envelope = out_.envelopes[envelope_];
  envelope.raw = raw;
  envelope.node = node;
  envelope.time = time;
  for (size_t i = mark_.samples; i < out_.samples.size(); ++i) {
    out_.samples[i].node = node;
    out_.samples[i].time = time;
  }
  if (mark_.NothingSince(out_)) out_.drops.push_back({DropKind::kEmptyEvent, {}});
}

}  // namespace ntsp::decode
