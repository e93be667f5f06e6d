// Secrets that lie in files, as container platforms mount them: <NAME>_FILE instead of <NAME>.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ntsp::app {

// "LOGFIRE_TOKEN_FILE" → "LOGFIRE_TOKEN"; empty if the variable does not name the file of a secret setting.
std::string SecretOfFile(std::string_view variable);

// What the file holds, without the line end behind it. kStop, without naming the variable, if it cannot be
// read, is empty, or is larger than any secret.
Result<std::string> ReadSecretFile(const std::string& file);

}  // namespace ntsp::app
