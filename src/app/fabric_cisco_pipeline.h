// A report as Cisco's pipeline writes it: a message for each sensor path, in one array.
#pragma once

#include <span>
#include <string>

#include "app/fabric_object.h"

namespace ntsp::app {

// `objects` are what the report says.
std::string CiscoPipelineText(const FabricReport& report, std::span<const FabricObject> objects);

}  // namespace ntsp::app
