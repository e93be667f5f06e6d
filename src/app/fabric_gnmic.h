// A fabric's reports as gNMIc writes them with `format: event`.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

// Appends one JSON array with an event for each object: facts, states, counters, IPv4 and IPv6 addresses.
void AppendGnmicEvents(const FabricReport& report, std::string& out);

}  // namespace ntsp::app
