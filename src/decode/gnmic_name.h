// The names of values in gNMIc events: "[origin:]/module:interface/subinterface.0/ipv4/address.1/origin".
// Lists inside a value have been flattened by gNMIc, and ".N" is the place in the list: all values below one
// chain of places belong to one object instance. Names repeat from event to event, so each is taken apart
// once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/path.h"

namespace ntsp::decode {

struct GnmicName {
  const Path* container;  // without places
  std::string_view leaf;  // last element as it is spelled; borrows from this object's owner
  uint32_t instance;      // kEvent: below no list, so it belongs to the object that the event's tags identify
  std::string key;        // "subinterface_index": the leaf identifies the list entry it stands in; else empty
};

// One place in one list, below another place or directly in the event.
struct GnmicInstance {
  const Path* list;  // canonical path of the list
  uint32_t parent;
};

// Belongs to one worker, beside the Paths it interns into; to be cleared with them.
class GnmicNames {
 public:
  static constexpr uint32_t kEvent = 0;
  static constexpr size_t kMaxNames = 65536;

  explicit GnmicNames(Paths& paths);

  const GnmicName& Parse(std::string_view spelling);
  const GnmicInstance& instance(uint32_t id) const { return instances_[id]; }
  size_t instance_count() const { return instances_.size(); }

  bool Full() const { return names_.size() >= kMaxNames || instances_.size() >= kMaxNames; }
  void Clear();

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <typename Value>
  using Index = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  GnmicName Take(std::string_view spelling);
  uint32_t Instance(uint32_t parent, const Path& list, std::string_view place);

  Paths& paths_;
  Index<GnmicName> names_;
  Index<uint32_t> ids_;  // parent, list and place
  std::vector<GnmicInstance> instances_;
};

}  // namespace ntsp::decode
