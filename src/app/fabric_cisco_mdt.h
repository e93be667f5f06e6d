// A report as IOS-XR dials out with `encoding json`: a message for each sensor path, in one array.
#pragma once

#include <span>
#include <string>

#include "app/fabric_object.h"

namespace ntsp::app {

// `objects` are what the report says.
std::string CiscoMdtText(const FabricReport& report, std::span<const FabricObject> objects);

}  // namespace ntsp::app
