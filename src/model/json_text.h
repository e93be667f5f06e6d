// The smallest pieces of JSON: numbers and the insides of texts. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "base/arena.h"

namespace ntsp {

// Whether `word` is a number as JSON writes numbers, of any size and precision.
bool IsJsonNumber(std::string_view word);

// What a JSON text means: `raw` is what stands between its quotes. The result lives in `arena`. Nothing if
// there is an escape that JSON does not know, or half of a surrogate pair. REQUIRES: `raw` has no unescaped
// quote.
std::optional<std::string_view> Unescape(std::string_view raw, Arena& arena);

}  // namespace ntsp
