// A report as IOS-XR dials out with `encoding json`: a message for each sensor path, in one array.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

std::string CiscoMdtText(const FabricReport& report);

}  // namespace ntsp::app
