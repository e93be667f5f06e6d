// The models that the fabric's devices speak: the words for what a report holds.
#pragma once

#include <cstdint>
#include <vector>

#include "app/fabric_object.h"

namespace ntsp::app {

enum class FabricModel : uint8_t { kSrLinux, kOpenConfig, kIosXr };

// Facts, states, counters, IPv4 and IPv6 addresses, in this order; those of one kind and path stand together.
std::vector<FabricObject> ObjectsOf(FabricModel model, const FabricReport& report);

}  // namespace ntsp::app
