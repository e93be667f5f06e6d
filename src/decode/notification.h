// One envelope of updates, as gNMI and YANG-Push have it: each update is an element that is read as a whole
// or not at all, and says something of the objects at one path, or that they are gone. What all of them need
// may stand before or behind them: node and time are spread at the end.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/context.h"
#include "decode/samples_mark.h"

namespace ntsp::decode {

// Lives as long as its envelope is read. Between Begin and End: AddPath and keys first, then values.
class Notification {
 public:
  // `label` names the dialect for a person.
  Notification(Context& context, Dialect dialect, std::string_view label);

  // The elements so far are void: they were given twice, or what they depend on stands behind them.
  void Forget() { mark_.TakeBack(out_); }

  // A new element, at the prefix.
  void Begin();
  // As after Begin.
  void Restart();
  // The element's place: `path` may hold keys in brackets.
  void AddPath(std::string_view path);
  std::string& path() { return path_; }
  std::vector<Key>& keys() { return out_.keys; }
  // The value at the element's place: a tree, or a leaf by the name of the path's last element.
  void AddValue(JsonCursor& in);
  void AddLeaf(const Scalar& value);
  // The same for a JSON document that stands inside a value. REQUIRES: `json` lives as long as the message.
  void AddDocument(std::string_view json);
  void AddDeleted();
  // The first problem of an element is the one that is told: its samples are void.
  void Refuse(RejectKind kind, std::string_view what);
  void End(std::string_view raw);

  // For all elements that begin from now on.
  void SetPrefix(std::string_view path);
  // They all fail, because the prefix cannot be read.
  void RefusePrefix() { is_prefix_bad_ = true; }
  std::string& prefix() { return prefix_; }
  std::vector<Key>& prefix_keys() { return prefix_keys_; }

  // Nothing is to come. A notification without any element is a counted no-op.
  void Finish(std::string_view raw, std::string_view node, std::optional<Timestamp> time);

  // Reads an object of which two members count, and the second can only be read once the first is known.
  // `read_first` and `read_second` take a cursor at the value; both start anew if the first comes late or
  // twice. REQUIRES: in.AtObject(), between Begin and End.
  template <typename First, typename Second>
  void ReadPair(JsonCursor& in, std::string_view first_name, std::string_view second_name,
                const First& read_first, const Second& read_second);

 private:
  const Sample& About(std::string_view path);

  Context& context_;
  Samples& out_;
  const std::string_view label_;
  const uint32_t envelope_;
  const SamplesMark mark_;  // behind the envelope

  std::string prefix_, path_;
  std::string last_spelling_;  // of about_.path: neighbours are mostly of one place
  std::vector<Key> prefix_keys_;
  bool is_prefix_bad_ = false;

  // Of the element.
  Sample about_{};
  size_t sample_mark_ = 0, leaf_mark_ = 0;
  bool is_placed_ = false;
  std::optional<Rejection> problem_;
};

template <typename First, typename Second>
void Notification::ReadPair(JsonCursor& in, std::string_view first_name, std::string_view second_name,
                            const First& read_first, const Second& read_second) {
  std::optional<JsonCursor> first, second;
  bool is_stale = false;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view name = in.Key();
    if (name == first_name) {
      is_stale |= first || second;
      first = in;
      is_stale ? in.Skip() : read_first(in);
    } else if (name == second_name) {
      is_stale |= !first || second;
      second = in;
      is_stale ? in.Skip() : read_second(in);
    } else {
      in.Skip();
    }
  }
  if (!is_stale || in.error()) return;
  Restart();
  if (first) read_first(*first);
  if (second) read_second(*second);
}

}  // namespace ntsp::decode
