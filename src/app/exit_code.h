// How the program ends.
#pragma once

namespace ntsp::app {

enum ExitCode : int {
  kDone = 0,
  kFailed = 1,
  kUsage = 2,      // wrong arguments or settings; nothing was done
  kWatchdog = 70,  // the program was stuck and ended itself
};

}  // namespace ntsp::app
