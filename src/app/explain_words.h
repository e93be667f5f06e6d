// The parts of an explanation in words. Where not said otherwise, texts of the message stand in them harmless
// for a terminal.
#pragma once

#include <string>

#include "app/explanation.h"

namespace ntsp::app {

inline constexpr size_t kLong = 200;  // of a text that stands alone, characters

// "312 bytes of gzip, unpacked 4096".
std::string Packed(const Explanation& told);

// As it is written, a text in quotes; not yet harmless.
std::string Value(Scalar::Kind kind, const std::string& value);

// "it has "path" (text) and "entries" (an array or object)".
std::string Why(const decode::Trace::Object& seen);

// The same for an object of no known dialect.
std::string Unknown(const decode::Trace::Object& seen);

std::string Dropped(const ExplainedDrop& drop);
std::string Rejected(const Rejection& why);

// Where a leaf stands: below the sample's path, or from the root: "counters/"; not yet harmless.
std::string Place(const ExplainedLeaf& leaf, const ExplainedSample& sample);

// A record, with the columns that were worked out of its address; not yet harmless.
std::string Label(const ExplainedRecord& record);

}  // namespace ntsp::app
