// The configuration that this process was started with.
#pragma once

#include <string>

#include "app/config.h"
#include "base/result.h"

namespace ntsp::app {

Environment ProcessEnvironment();

// Reads the environment and `env_file` (empty: `.env`, if there is one), and puts the file's AWS_* variables
// into the process environment, where the AWS SDK looks for them. Call it before any thread is started.
Result<Loaded> LoadProcessConfig(const std::string& env_file);

}  // namespace ntsp::app
