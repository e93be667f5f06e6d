// docs/dialects.md, but for its introduction: how ntsp recognises each dialect and where it finds what.
#pragma once

#include <string>

namespace ntsp::app {

std::string DialectsMarkdown();

}  // namespace ntsp::app
