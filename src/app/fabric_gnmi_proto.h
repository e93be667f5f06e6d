// A report as gNMIc writes it in the format `protojson`: one notification, an update for each leaf. The
// longest of all dialects.
#pragma once

#include <span>
#include <string>

#include "app/fabric_object.h"

namespace ntsp::app {

// `objects` are what the report says.
std::string GnmiProtoText(const FabricReport& report, std::span<const FabricObject> objects);

}  // namespace ntsp::app
