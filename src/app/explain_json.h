// An explanation as one line of JSON, for programs and tests. All of it is there, nothing is cut.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/explanation.h"

namespace ntsp::app {

std::string ExplainJson(std::string_view source, int64_t offset, const Explanation& told);

}  // namespace ntsp::app
