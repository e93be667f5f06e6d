// Which dialect an object of a raw message is in, told by its top-level members alone (docs/formats.md has
// the table).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/json_cursor.h"

namespace ntsp::decode {

// In the order in which they are tried: the first that fits wins.
enum class Shape : uint8_t {
  kEda,            // text `path`, `entries`
  kYangPush,       // a member named for one of the IETF's notification envelopes
  kWrapper,        // another dialect's message inside telemetry_data or payload
  kPipeline,       // Cisco pipeline: `Rows`, `Telemetry`
  kMdt,            // Cisco dial-out: encoding_path
  kTelegrafBatch,  // `metrics` with `fields` in them
  kTelegraf,       // `fields`, and `tags` or `name`
  kGnmiProto,      // gNMI SubscribeResponse in proto3 JSON
  kGnmicJson,      // `updates` or `deletes` without `tags`
  kGnmicEvent,     // `tags` without `fields`
  kControl,        // sync responses, collector logs
  kUnknown,
};

// For a person: "gNMIc json".
std::string_view ShapeName(Shape shape);

// Looks ahead from an object, no further than to what decides; kUnknown also if it is not valid JSON, which
// reading it will tell. Pure. REQUIRES: in.AtObject().
Shape Detect(JsonCursor in);

// The same, and why: for a person. All texts are constant.
struct Detection {
  struct Member {
    std::string_view name;
    std::string_view must_be;  // what its value has to be: "an object"; empty: anything
  };
  Shape shape = Shape::kUnknown;
  std::vector<Member> members = {};            // that decided
  std::vector<std::string_view> without = {};  // members whose absence did
};
Detection DetectBecause(JsonCursor in);

// All but kUnknown, in the order in which they are tried.
std::vector<Shape> ShapesInOrder();

// By what a shape is recognised, in Markdown: "`path` (text) and `entries` (an array or object)". Empty for
// kUnknown.
std::string RecognisedBy(Shape shape);

}  // namespace ntsp::decode
