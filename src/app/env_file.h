// Reads `.env` files: KEY=VALUE lines as shells, Docker and Compose write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ntsp::app {

struct EnvEntry {
  std::string variable;
  std::string value;
  int line = 0;  // from 1
};

// Understands: blank lines, `#` comments (after a value only behind a blank), `export KEY=VALUE`, blanks
// around the key, '…' (taken as it is), "…" (with \n \t \r \" \\ \$), values without quotes (blanks at both
// ends cut), CRLF and a byte order mark. A later line wins over an earlier one of the same variable. Nothing
// is expanded: `$` is a `$`. kStop with one line of text per mistake, each "FILE:LINE: what is wrong".
Result<std::vector<EnvEntry>> ParseEnvFile(std::string_view file, std::string_view text);

// kStop if the file cannot be read.
Result<std::vector<EnvEntry>> ReadEnvFile(const std::string& file);

}  // namespace ntsp::app
