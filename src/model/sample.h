// Samples: what a device said, in the terms of no dialect and of no table. A decoder fills a Samples from one
// raw message; the normalizer reads it. All texts borrow from the message's value, from `arena` and from the
// decoder, and are valid until its next message. Keys and leaves stand in the order of the message: of a
// repeated one the last counts.
//
//   envelope   one object of the message that holds elements: an EDA message, a gNMIc event, …
//   element    the unit that succeeds or fails as a whole: an EDA entry, a gNMIc event, one update, one row.
//              `raw` texts are slices of the original bytes, so a dead letter is cut from what the device
//              sent.
//   sample     what one element says of one object instance (one interface, one address, the node itself)
//   leaf       one value in it, with the path of the container it stands in
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/time.h"
#include "model/path.h"
#include "model/verdict.h"

namespace ntsp {

struct Scalar {
  enum class Kind : uint8_t {
    kNull,
    kBool,    // text is "true" or "false"
    kNumber,  // text is the number as it was written, checked to be one
    kText,    // text is the unescaped string
    kJson,    // an array or object: text is its JSON, checked to be valid
  };
  Kind kind = Kind::kNull;
  std::string_view text;
};

struct Leaf {
  const Path* container;  // full path of what holds the leaf: "interface/statistics"
  std::string_view name;  // as the dialect spells it: "in-octets", "in_octets", "openconfig-interfaces:mtu"
  Scalar value;
};

// One key of a list on the way to the object. `name` is list element and key leaf joined by '_':
// "interface_name", "subinterface_index", "address_ip-prefix", "port_port-id".
struct Key {
  std::string_view name;
  Scalar value;
};

enum class Dialect : uint8_t {
  kEda,
  kGnmicEvent,
  kTelegraf,
  kCiscoPipeline,
  kCiscoMdt,
  kGnmicJson,
  kGnmiProto,
  kYangPush
};
inline constexpr int kDialectCount = 8;

// As the column source_format has it.
constexpr std::string_view DialectName(Dialect dialect) {
  switch (dialect) {
    case Dialect::kEda:
      return "eda";
    case Dialect::kGnmicEvent:
      return "gnmic-event";
    case Dialect::kTelegraf:
      return "telegraf";
    case Dialect::kCiscoPipeline:
      return "cisco-pipeline";
    case Dialect::kCiscoMdt:
      return "cisco-mdt";
    case Dialect::kGnmicJson:
      return "gnmic-json";
    case Dialect::kGnmiProto:
      return "gnmic-protojson";
    case Dialect::kYangPush:
      return "yang-push";
  }
  return "";
}

struct Envelope {
  Dialect dialect{};
  std::string_view raw = {};
  std::string_view node = {};            // empty: the envelope does not say
  std::string_view node_namespace = {};  // empty: none
  std::optional<Timestamp> time = std::nullopt;
  // If it stood as JSON text in another object: that object, and in it the text with its quotes, both slices
  // of the message; `raw` and the elements' are then slices of that text unescaped. Else empty.
  std::string_view wrapper = {};
  std::string_view wrapped = {};
};

struct Element {
  uint32_t envelope;
  std::string_view raw;
};

struct Sample {
  uint32_t element;
  const Path* path;                 // of the object or the container that the element is about
  std::string_view node;            // empty: none is named
  std::string_view node_namespace;  // empty: none
  std::optional<Timestamp> time;    // the element's own time, else the envelope's; absent: neither says
  bool deleted = false;
  uint32_t first_key, key_count;
  uint32_t first_leaf, leaf_count;
};

// A failed element, or with `element` absent an envelope that could not be taken apart: then `raw` is its
// text.
struct FailedElement {
  std::optional<uint32_t> element;
  std::string_view raw;
  Rejection why;
};

struct Drop {
  DropKind kind;
  std::string_view path;                           // as the dialect spells it, for the counter; may be empty
  std::optional<uint32_t> element = std::nullopt;  // absent: of none
};

// All of one raw message. Reused from message to message; one worker.
struct Samples {
  std::vector<Envelope> envelopes;
  std::vector<Element> elements;
  std::vector<Sample> samples;
  std::vector<Key> keys;
  std::vector<Leaf> leaves;
  std::vector<FailedElement> failed;
  std::vector<Drop> drops;
  Arena arena;  // for texts that are not in the message as they are

  std::span<const Key> KeysOf(const Sample& s) const { return {keys.data() + s.first_key, s.key_count}; }
  std::span<const Leaf> LeavesOf(const Sample& s) const {
    return {leaves.data() + s.first_leaf, s.leaf_count};
  }

  void Clear() {
    envelopes.clear();
    elements.clear();
    samples.clear();
    keys.clear();
    leaves.clear();
    failed.clear();
    drops.clear();
    arena.Clear();
  }
};

}  // namespace ntsp
