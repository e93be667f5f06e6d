// A way for tests of the built program to die at an exact step of the archive's protocol:
//   NTSP_CRASH_AT=after_plan:3   ends the process, as kill -9 would, the third time that a plan has been
//   committed.
// It is in the program that people run, so that what they run is what was tested; who can set a variable of
// the process can end it anyway. A line of the log says that it is set.
#pragma once

namespace ntsp::archive {

enum class CrashPoint { kBeforePlan, kAfterPlan, kAfterUpload, kAfterDone };

// Does nothing unless the environment asks for this point. Thread-safe.
void MaybeCrash(CrashPoint point);

}  // namespace ntsp::archive
