// What ntsp made of one raw message, and why: what `ntsp explain` shows. It owns all its texts, which stand
// as the device wrote them; whoever shows them makes them harmless.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "decode/origin.h"
#include "decode/trace.h"
#include "model/column.h"
#include "model/sample.h"
#include "model/verdict.h"
#include "normalize/watch.h"

namespace ntsp::app {

struct ExplainedKey {
  std::string name;
  Scalar::Kind kind;
  std::string value;
  std::string_view use;  // "names the interface"; empty: of no use
};

struct ExplainedLeaf {
  std::string container;  // Path::text; empty if it is the sample's own
  std::string name;
  Scalar::Kind kind;
  std::string value;
  normalize::Fate fate;
  normalize::LeafTarget target;      // but for its extra_name
  std::string extra_name;            // of what goes to extra
  std::string cell;                  // of kFilled: the column's value
  bool counted = true;               // false: filled, but facts of one CPU or component, or of no address
  bool replaced = false;             // a later leaf fills the same column or has the same name in extra
  std::optional<uint32_t> record{};  // absent: what it says is in none
};

struct ExplainedText {
  std::string text;
  std::string origin;  // "keys.node_name of the entry"; empty: not known

  bool operator==(const ExplainedText&) const = default;
};

struct ExplainedSample {
  std::string path;
  bool deleted = false;
  ExplainedText node, node_namespace, time;
  std::vector<ExplainedKey> keys;
  std::vector<ExplainedLeaf> leaves;
  std::vector<uint32_t> records;  // indices of those that it is part of
};

struct ExplainedDrop {
  DropKind kind;
  std::string path;

  bool operator==(const ExplainedDrop&) const = default;
};

struct ExplainedElement {
  std::vector<decode::Origins::Written> paths;
  std::vector<ExplainedSample> samples;  // up to one that takes the element to the dead letters
  std::vector<ExplainedDrop> drops;
  std::optional<Rejection> rejection;
};

// An object of the message that was looked at for its dialect.
struct ExplainedObject {
  decode::Trace::Object seen;
  std::optional<Dialect> dialect;
  std::vector<ExplainedElement> elements;
  std::vector<ExplainedDrop> drops;  // of no element
  std::vector<Rejection> failures;   // of no element
};

struct ExplainedRecord {
  Table table;
  std::string label;                                            // "interface ethernet-1/1"
  std::vector<std::pair<std::string_view, std::string>> cells;  // of the table's own, and deleted
};

struct Explanation {
  size_t size = 0;  // of the value, bytes
  decode::Packing packing = decode::Packing::kNone;
  size_t unpacked_size = 0;
  bool keep_extra = true;
  std::vector<ExplainedObject> objects;
  std::vector<ExplainedDrop> drops;    // of no object
  std::vector<Rejection> failures;     // of no object
  std::optional<Rejection> rejection;  // of the whole value
  std::vector<ExplainedRecord> records;
  uint32_t silent_nodes = 0;  // whose records are left out, as NODE_RECORDS=facts asks

  // Something of it would go to the dead letter topic.
  bool HasFailed() const;
};

}  // namespace ntsp::app
