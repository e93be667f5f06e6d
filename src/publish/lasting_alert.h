// Alerts of what lasts: something begins for a number of objects, and ends for each of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"

namespace ntsp::publish {

struct Concerned {
  std::string node;
  std::string name;  // what of the node: "leaf1 ethernet-1/1"
};

// "<what>: leaf1 ethernet-1/1, … and 3 more", for all of them together. `objects` is not empty.
void ReportBegin(alert::Reporter& alerts, const char* kind, std::string_view what,
                 const std::vector<Concerned>& objects);
void ReportEnd(alert::Reporter& alerts, const char* kind, size_t count);

}  // namespace ntsp::publish
