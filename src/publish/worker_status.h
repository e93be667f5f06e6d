// What a worker lets the stage know for readiness. Thread-safe.
#pragma once

#include <atomic>

#include "base/shared_text.h"

namespace ntsp::publish {

struct WorkerStatus {
  std::atomic<bool> joined{false};     // the group has given it its part, if only none
  std::atomic<bool> reachable{false};  // the last poll met no trouble
  SharedText trouble;                  // what the last poll met; empty once messages come again
};

}  // namespace ntsp::publish
