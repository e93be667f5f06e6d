// Other dialects' messages with a collector's envelope around them: pmacct's `telemetry_data`, an object or a
// text that holds JSON, and NetGauze's `payload`. What is inside keeps its dialect; where it does not name
// its node or its time, pmacct's telemetry_node and timestamp stand in.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

// Wrappers in wrappers, and JSON text in JSON text, are read no deeper than this.
inline constexpr uint32_t kMaxWrappers = 3;

void DecodeWrapper(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
