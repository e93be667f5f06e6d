// An explanation as text for a person at a terminal. Nothing of the message can reach the terminal but as
// plain characters.
#pragma once

#include <string>
#include <string_view>

#include "app/explanation.h"

namespace ntsp::app {

// `title`: "message 2 of 3".
std::string ExplainText(std::string_view title, const Explanation& told);

}  // namespace ntsp::app
