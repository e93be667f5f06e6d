// A report as Nokia EDA exports it: SR Linux's model, a message for each of its tables, in one array.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

std::string EdaText(const FabricReport& report);

}  // namespace ntsp::app
