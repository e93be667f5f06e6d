// A report in Cisco IOS-XR's own models. Counters of errors and drops have 32 bits there, and wrap.
#pragma once

#include <vector>

#include "app/fabric_object.h"

namespace ntsp::app {

// Objects of one path are the rows of one sensor path.
std::vector<FabricObject> IosXrObjects(const FabricReport& report);

}  // namespace ntsp::app
