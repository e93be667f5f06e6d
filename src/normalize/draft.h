// The records of one element on their way: an element succeeds or fails as a whole, so what its samples give
// is kept apart until all of them have been read.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "model/raw_message.h"
#include "model/sample.h"
#include "normalize/hash_index.h"
#include "normalize/identity.h"
#include "normalize/key_names.h"
#include "normalize/nodes.h"
#include "normalize/path_lookup.h"
#include "normalize/records.h"
#include "normalize/watch.h"

namespace ntsp::normalize {

// Reused from element to element. Keys, lookup, nodes and watch must outlive it.
class Draft {
 public:
  Draft(bool keep_extra, KeyNames& keys, PathLookup& lookup, Nodes& nodes, Watch* watch)
      : keep_extra_(keep_extra), keys_(keys), lookup_(lookup), nodes_(nodes), watch_(watch) {}

  // All elements of a message go to the same `samples` (drops only) and `out`.
  void StartMessage(Timestamp received_at, Samples& samples, Records& out);

  // `has_many`: more than one sample follows, and two of them may be about one object.
  void Start(bool has_many);
  // Reads one sample, or says why the element cannot be published.
  std::optional<Rejection> Add(const Sample& sample);
  // Either of the two ends an element. An element that is taken back leaves no trace, not even its drops.
  void Publish();
  void TakeBack();

 private:
  // What a sample says of one object: a row of out_, or for facts of the node of facts_.
  struct Slot {
    Record* record;
    uint32_t row;
  };
  struct Mention {
    uint32_t node;
    Timestamp time;
  };
  struct Facts {
    uint32_t node;
    uint32_t row;  // in facts_
  };

  // `on_leaf` is told of each.
  template <typename OnLeaf>
  void ReadLeaves(const Sample& sample, const OnLeaf& on_leaf);
  Fate Fill(const LeafTarget& target, const Scalar& value);
  void AddExtra(Object object, std::string_view name, const Scalar& value);
  std::optional<Rejection> AddDeleted(const Sample& sample);
  std::optional<Rejection> Close(const Sample& sample);

  bool IsOpen(Object object) const { return (open_ >> static_cast<unsigned>(object) & 1) != 0; }
  Slot& Open(Object object);
  void OpenFirst(Object object);
  void MentionNode();
  void SetCommon(Record& record) const;
  void CloseFacts();
  std::optional<Rejection> CloseRecord(Object object);
  void RemoveUnassigned(const Sample& sample);
  void Unite();
  void DropSample(DropKind kind, const Path& path);

  const bool keep_extra_;
  KeyNames& keys_;
  PathLookup& lookup_;
  Nodes& nodes_;
  Watch* const watch_;  // null: nobody

  // Of the message.
  Timestamp received_at_;
  Samples* samples_ = nullptr;
  Records* out_ = nullptr;

  // Of the element.
  Records::Mark mark_{};
  size_t drops_mark_ = 0;
  bool has_many_ = false;
  std::vector<Mention> mentions_;
  std::vector<Facts> facts_of_;
  Records facts_;
  HashIndex objects_;

  // Of the sample.
  const Sample* sample_ = nullptr;
  Timestamp time_;
  Identity identity_;
  bool has_mentioned_ = false;
  const Path* other_subsystem_ = nullptr;
  uint32_t sample_mark_ = 0;  // where its rows begin
  unsigned open_ = 0;         // a bit for each Object
  std::array<Slot, kObjectCount> slots_;
};

}  // namespace ntsp::normalize
