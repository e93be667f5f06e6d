// The log as the settings want it.
#pragma once

#include "app/config.h"
#include "base/result.h"

namespace ntsp::app {

// kStop, naming LOG_FILE, if the file cannot be opened.
Result<void> SetUpLog(const Config& config);

}  // namespace ntsp::app
