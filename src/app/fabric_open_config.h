// A report in OpenConfig's models.
#pragma once

#include <vector>

#include "app/fabric_object.h"

namespace ntsp::app {

std::vector<FabricObject> OpenConfigObjects(const FabricReport& report);

}  // namespace ntsp::app
