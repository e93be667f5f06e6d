// A report as Telegraf's inputs.gnmi and inputs.cisco_telemetry_mdt write it: a batch of metrics, one for
// each object, times in seconds.
#pragma once

#include <span>
#include <string>

#include "app/fabric_object.h"

namespace ntsp::app {

// `objects` are what the report says.
std::string TelegrafText(const FabricReport& report, std::span<const FabricObject> objects);

}  // namespace ntsp::app
