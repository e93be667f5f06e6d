// What is particular to each dialect, in one table: where its messages say which node, namespace, time and
// path they are about. docs/dialects.md and `ntsp explain` are written from it; tests hold it against what
// the decoders do (origin_test.cc). By what a dialect is recognised is told by detection itself (detect.h).
#pragma once

#include <span>
#include <string_view>

#include "decode/detect.h"
#include "model/sample.h"

namespace ntsp::decode {

// A member of a message.
struct Place {
  enum class In : uint8_t {
    kElement,   // "keys.node_name": member of a member of the element; "": the element, if it is a text
    kEnvelope,  // of the object that was recognised
    kAnywhere,  // of the envelope, at any depth, whatever its module prefix
    kKey,       // of the Kafka message; `member` says what of it
  };
  In in;
  std::string_view member;
};

struct DialectFacts {
  Dialect dialect;
  std::string_view name;          // for a person
  std::string_view source;        // who writes it
  std::span<const Shape> shapes;  // that are it
  std::string_view element;       // what an element is: "entry"
  std::span<const Place> node;    // the first that is there counts
  std::span<const Place> node_namespace;
  std::span<const Place> time;
  std::string_view path;                // where its paths stand, for a person
  std::span<const Place> path_members;  // the members; the first that is there counts,
  bool joins_paths = false;             // or all of them, one behind the other
};

const DialectFacts& FactsOf(Dialect dialect);
std::span<const DialectFacts> AllDialectFacts();

// Around any dialect: what stands in for a node and a time that the message does not name (wrapper.h).
inline constexpr std::string_view kWrapperNode = "telemetry_node";
inline constexpr std::string_view kWrapperTime = "timestamp";

}  // namespace ntsp::decode
