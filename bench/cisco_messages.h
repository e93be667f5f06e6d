// Cisco's messages to measure with, by IOS-XR's native models: a list of one for each encoding path.
#pragma once

#include <string>

namespace ntsp::bench {

std::string CiscoPipeline();
std::string CiscoMdt();
std::string GpbKv();

}  // namespace ntsp::bench
