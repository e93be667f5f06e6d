// Nokia EDA's exporter ("native"):
// {"path":".node.srl.interface","entries":[{"keys":{…},"fields":{…}}],"timestamp":…}. An element is an entry.
// Node and namespace are the keys node_name and namespace_name; the other keys are passed on. Members may
// stand in any order; `entries` may be one object; an entry may have a timestamp of its own.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

void DecodeEda(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
