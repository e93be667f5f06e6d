// gNMIc's format `json`: {"source":…,"timestamp":…,"prefix":…,"updates":[{"Path":…,"values":{path: value}}],
// "deletes":[path]}. An element is an update or a delete. The node is `source` (without its port), else
// `target`, else `system-name`. Path and prefix hold the keys in brackets (gnmi_path.h), the name of a value
// is its path without keys, and a value is a leaf or a tree (tree.h), which may hold keys of its own.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

void DecodeGnmicJson(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
