// Objects in values become leaves of containers below: {"ethernet":{"port-speed":"25G"}} in a/b is the leaf
// port-speed of a/b/ethernet. Arrays stay JSON text.
#pragma once

#include "model/json_cursor.h"
#include "model/path.h"

namespace ntsp::decode {

// Calls `visit(container, name, scalar)` for each leaf of the object at `in`, in order; of repeated names the
// last is the one that counts. REQUIRES: in.AtObject().
template <typename Visit>
void WalkLeaves(JsonCursor& in, const Path& container, Paths& paths, const Visit& visit) {
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view name = in.Key();
    if (in.AtObject()) {
      WalkLeaves(in, paths.Below(container, name), paths, visit);
    } else {
      visit(container, name, in.Value());
    }
  }
}

}  // namespace ntsp::decode
