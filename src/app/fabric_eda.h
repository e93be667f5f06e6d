// A fabric's reports as Nokia EDA's Kafka exporter writes them: paths and entries.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

// Appends one JSON array with an object for each path: facts, states, counters, IPv4 and IPv6 addresses.
void AppendEda(const FabricReport& report, std::string& out);

}  // namespace ntsp::app
