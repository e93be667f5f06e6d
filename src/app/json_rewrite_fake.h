// For tests: the same JSON written in another way: members of objects in another order, blanks between the
// tokens, characters escaped that need not be. What it means is the same (RFC 8259).
#pragma once

#include <string>
#include <string_view>

#include "app/random.h"

namespace ntsp::app {

// REQUIRES: `json` is one valid value.
std::string RewrittenJson(std::string_view json, Random& random);

}  // namespace ntsp::app
