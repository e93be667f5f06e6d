// The AWS SDK inside Arrow: started once, ended once.
#pragma once

#include "base/result.h"

namespace ntsp::aws {

// Starts the SDK if it is not running (about 30 ms); whatever needs it calls this itself. Thread-safe. Its
// own log is off: errors come back as values. kStop if it cannot start or was ended before.
Result<void> StartSdk();

// To be called once before main returns, when nothing of the SDK's is in use any more. Does nothing if it
// never ran.
void StopSdk();

}  // namespace ntsp::aws
