// A report as gNMIc writes it in the format `json`: one notification, an update for each object.
#pragma once

#include <span>
#include <string>

#include "app/fabric_object.h"

namespace ntsp::app {

// `objects` are what the report says.
std::string GnmicJsonText(const FabricReport& report, std::span<const FabricObject> objects);

}  // namespace ntsp::app
