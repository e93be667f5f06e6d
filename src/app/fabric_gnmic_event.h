// A report as gNMIc writes SR Linux's model in the format `event`: an array of events, one for each object.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

std::string GnmicEventText(const FabricReport& report);

}  // namespace ntsp::app
