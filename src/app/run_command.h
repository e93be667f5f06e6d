// `ntsp run`
#pragma once

#include "app/backfill_command.h"
#include "app/config.h"

namespace ntsp::app {

enum class Stages { kAll, kNormalize, kArchive };

struct RunOptions {
  Stages stages = Stages::kAll;
  BackfillOptions backfill;  // if it is asked for, the service does not run
};

// Until a signal or until nothing can go on.
int RunCommand(const RunOptions& options, const Loaded& loaded);

}  // namespace ntsp::app
