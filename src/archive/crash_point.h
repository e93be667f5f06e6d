// A way for tests of the built program to die at an exact step of the archive's protocol:
//   NTSP_CRASH_AT=after_plan:3   ends the process, as kill -9 would, the third time that a plan has been
//   committed.
#pragma once

namespace ntsp::archive {

enum class CrashPoint { kBeforePlan, kAfterPlan, kAfterUpload, kAfterDone };

// Does nothing unless the environment asks for this point. Thread-safe.
void MaybeCrash(CrashPoint point);

}  // namespace ntsp::archive
