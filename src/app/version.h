// Which ntsp this is.
#pragma once

#include <string_view>

namespace ntsp::app {

// "0.1.0"
std::string_view Version();

}  // namespace ntsp::app
