// A report as gNMIc writes it in the format `event`: an array of events, one for each object.
#pragma once

#include <span>
#include <string>

#include "app/fabric_object.h"

namespace ntsp::app {

// `objects` are what the report says.
std::string GnmicEventText(const FabricReport& report, std::span<const FabricObject> objects);

}  // namespace ntsp::app
