// Finds the row of the path table for a leaf. Devices say the same leaves in the same order again and again,
// so the lookup remembers which leaf came after which: in the common case a leaf costs one comparison of its
// name.
//
// How a container is recognised:
//   1. The roots that exporters put before the device's model (namespace, node, srl, sros) are dropped.
//   2. What is left is a container of the table: a leaf without a row goes to `extra` by its folded name.
//   3. Or it lies below one: its leaves go to `extra` with the rest of the path ("queue/depth"). But what
//      lies below a list entry (interface, port, address, …), `system` or `node` themselves is a subsystem of
//      its own (interface/transceiver, system/ntp).
//   4. Or it is the tail of one ("state/counters", or nothing), since collectors can be told to trim paths:
//      the keys of the sample then say which object it is, and only leaves with a row count.
//   5. Anything else belongs to another subsystem.
// Rows with a suffix for a path go on top of that: wherever the suffix ends a path, they come first.
// Leaves of `config` containers without a row are ignored.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.h"
#include "model/path.h"
#include "model/sample.h"
#include "normalize/name.h"
#include "normalize/object.h"
#include "normalize/path_table.h"

namespace ntsp::normalize {

struct LeafTarget {
  enum class Action : uint8_t { kColumn, kExtra, kIgnored, kOtherSubsystem };
  Action action = Action::kOtherSubsystem;
  Object object = Object::kNode;
  Rule rule = Rule::kText;           // of kColumn
  ColumnIndex column = kNoColumn;    // of kColumn
  bool fallback = false;             // of kColumn
  std::string_view extra_name = {};  // folded: for kExtra, and for kColumn when the value cannot be read
};

// Belongs to one worker.
class PathLookup {
 public:
  // `rows` are copied. Earlier ones count before later ones.
  explicit PathLookup(std::span<const PathRow> rows);

  // Forgets what hangs on ids of a former generation of `paths`. Targets of earlier messages are no longer
  // valid.
  void StartMessage(const Paths& paths);

  // The leaves that follow are of a sample with this path. `by_keys` is what its keys name.
  void StartSample(const Path& path, std::optional<Object> by_keys);

  // Valid until StartMessage or, for names that there is no more room to remember, the next Find or
  // arena.Clear().
  const LeafTarget& Find(const Leaf& leaf, Arena& arena) {
    Entry* const guess = *next_;
    if (guess == nullptr || guess->container != leaf.container || !SameName(guess->name, leaf.name) ||
        (guess->needs_keys && guess->by_keys != by_keys_)) {
      return FindAnew(leaf, arena);
    }
    next_ = &guess->next;
    return guess->target;
  }

  // The object whose list entry `path` is: "interface", not "interface/statistics". Never a node.
  std::optional<Object> ListEntry(const Path& path);

 private:
  struct Row {
    std::string leaf;
    Object object;
    Rule rule;
    ColumnIndex column;
    bool fallback;
  };
  struct Known {
    Object object;  // of leaves without a row
    std::vector<Row> rows;
  };
  struct Container {
    enum class Kind : uint8_t { kUnresolved, kKnown, kNested, kTrimmed, kIgnored, kOtherSubsystem };
    Kind kind = Kind::kUnresolved;
    bool is_config = false;
    const Known* known = nullptr;  // of kKnown and kNested
    std::string_view rest;         // below a known container: the path from there; of kTrimmed: the tail

    // What stands before the names of extra leaves.
    std::string_view prefix() const { return kind == Kind::kTrimmed ? std::string_view() : rest; }
  };
  struct Entry {
    const Path* container = nullptr;
    bool needs_keys = false;        // the container is kTrimmed
    std::optional<Object> by_keys;  // only if so
    std::string_view name;          // the key in entries_
    std::string extra_name;
    LeafTarget target;
    Entry* next = nullptr;  // the leaf that came after it when it was seen last
  };
  struct EntryKey {
    const Path* container;
    std::optional<Object> by_keys;
    std::string_view name;
    bool operator==(const EntryKey&) const = default;
  };
  struct Hash {
    size_t operator()(const EntryKey& key) const;
  };

  const LeafTarget& FindAnew(const Leaf& leaf, Arena& arena);
  const Container& ContainerOf(const Path& path);
  Container Resolve(std::string_view text);
  Container ResolveWhole(std::string_view path) const;
  Container WithSuffixes(std::string_view path, const Container& whole);
  bool IsTail(std::string_view path) const;
  LeafTarget Target(const Container& container, std::string_view name) const;
  static const Row* FindRow(const Known& known, std::string_view name);
  const Row* FindTrimmed(std::string_view tail, std::string_view name) const;
  Entry* Remember(const EntryKey& key, const Container& container);

  std::unordered_map<std::string, Known> known_;  // constant after construction
  std::unordered_map<std::string, Known> suffixes_;
  std::vector<std::pair<std::string_view, const Known*>> in_order_;           // both
  std::vector<std::pair<std::string_view, const Known*>> suffixes_in_order_;  // the longest first

  std::vector<Container> containers_;  // by Path::id
  std::deque<Known> combined_;         // of containers that suffixes have changed
  std::deque<std::string> names_;
  std::unordered_map<EntryKey, Entry, Hash> entries_;
  std::vector<Entry*> first_;  // by Path::id: the leaf that began the last sample
  const Paths* paths_ = nullptr;
  uint32_t generation_ = 0;

  std::optional<Object> by_keys_;
  Entry** next_ = nullptr;  // where the leaf that is expected next stands
  LeafTarget unremembered_;
};

}  // namespace ntsp::normalize
