// Which ntsp this is.
#pragma once

#include <string_view>

namespace ntsp::app {

// "0.1.0"
std::string_view Version();
// Of the source, as git names it; "unknown" where it was not built from a checkout.
std::string_view Revision();

}  // namespace ntsp::app
