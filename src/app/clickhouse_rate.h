// The view `interface_rate(since, until)`: rates per minute from counters, with resets understood.
#pragma once

#include <string>

namespace ntsp::app {

// The statement, without a semicolon.
std::string ClickHouseRateView(const std::string& database);

}  // namespace ntsp::app
