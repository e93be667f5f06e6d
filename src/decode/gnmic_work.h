// Scratch memory of the gNMIc event decoder, kept from event to event so that it does not allocate. One
// worker.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "decode/gnmic_name.h"
#include "model/sample.h"

namespace ntsp::decode {

struct GnmicWork {
  struct Value {
    const GnmicName* name;
    Leaf leaf;
    bool nested = false;  // from an object in the value that `name` names
    uint32_t slot = 0;    // of its instance
  };
  // One object instance of the event.
  struct Slot {
    uint32_t instance;
    uint32_t count = 0;              // of its leaves
    uint32_t first = 0;              // of them, among all of the event
    uint32_t next = 0;               // where the next leaf is put
    uint32_t last_key = UINT32_MAX;  // newest of its entries in `keys`
  };
  struct InstanceKey {
    Key key;
    uint32_t previous;  // of the same instance
  };

  std::vector<Key> tags;
  std::vector<Value> values;
  std::vector<std::string_view> deletes;
  std::vector<Slot> slots;
  std::vector<InstanceKey> keys;
  std::vector<uint32_t> slot_of;  // by instance; all UINT32_MAX between two events

  void Clear() {
    tags.clear();
    values.clear();
    deletes.clear();
    slots.clear();
    keys.clear();
  }
};

}  // namespace ntsp::decode
