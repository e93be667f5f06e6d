// Files of certificates that settings name.
#pragma once

#include <string>

#include "base/result.h"

namespace ntsp::app {

// kStop, naming the setting, if `file` is no file; an empty one is the system's, which is always there.
Result<void> CheckCertificates(const std::string& variable, const std::string& file);

}  // namespace ntsp::app
