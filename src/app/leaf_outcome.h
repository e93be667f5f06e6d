// What became of a leaf, in words.
#pragma once

#include <string>

#include "app/explanation.h"

namespace ntsp::app {

// "interface.speed_bps".
std::string ColumnName(const normalize::LeafTarget& target);

// "interface.speed_bps = 100000000000". Texts of the message stand in it as they are.
std::string OutcomeText(const ExplainedLeaf& leaf, bool keep_extra);

}  // namespace ntsp::app
