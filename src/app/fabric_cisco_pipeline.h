// A report as Cisco's pipeline writes IOS-XR's models: a message for each sensor path, in one array.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

std::string CiscoPipelineText(const FabricReport& report);

}  // namespace ntsp::app
