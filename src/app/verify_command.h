// `ntsp verify`: whether the archive holds what the tables' topics hold, each row once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/config.h"
#include "model/column.h"

namespace ntsp::app {

struct VerifyOptions {
  std::optional<Table> table;  // absent: all
  std::string since;           // RFC 3339; empty: from the beginning of the topics
  size_t examples = 20;        // of each kind of difference
};

// Reads only. kDone if nothing differs, kFailed if something does or could not be read, kUsage without an
// archive.
int VerifyCommand(const VerifyOptions& options, const Loaded& loaded);

}  // namespace ntsp::app
