// Settings that are good one by one and impossible together.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"

namespace ntsp::app {

// One sentence for each, naming the variables. Also settles where the archive goes (config.archive_uri),
// which is told by several settings.
std::vector<std::string> FindConflicts(Config& config);

}  // namespace ntsp::app
