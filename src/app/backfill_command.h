// `ntsp run --stage archive --from … --to …`: archives a range of the tables' topics once more, and ends.
#pragma once

#include <optional>
#include <string>

#include "app/config.h"
#include "model/column.h"

namespace ntsp::app {

struct BackfillOptions {
  std::string from, to;  // RFC 3339 or an offset; empty: as far as there is anything
  std::optional<Table> table;
  std::optional<int> partition;

  bool asked() const { return !from.empty() || !to.empty() || table || partition; }
};

// What it did is on stdout. kFailed if a part could not be done or a signal came; called again, it goes on.
int BackfillCommand(const BackfillOptions& options, const Loaded& loaded);

}  // namespace ntsp::app
