// A report as gNMIc writes OpenConfig in the format `protojson`: one notification, an update for each leaf.
// The longest of all dialects.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

std::string GnmiProtoText(const FabricReport& report);

}  // namespace ntsp::app
