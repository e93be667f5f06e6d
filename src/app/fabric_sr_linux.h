// A report in Nokia SR Linux's own model.
#pragma once

#include <vector>

#include "app/fabric_object.h"

namespace ntsp::app {

std::vector<FabricObject> SrLinuxObjects(const FabricReport& report);

}  // namespace ntsp::app
