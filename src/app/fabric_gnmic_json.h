// A report as gNMIc writes SR Linux's model in the format `json`: one notification, an update for each
// object.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

std::string GnmicJsonText(const FabricReport& report);

}  // namespace ntsp::app
