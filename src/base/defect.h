// Defects put in on purpose, to see that the tests which should find them do (tests/chaos). They exist only
// where CMake was called with -DNTSP_DEFECTS=ON, in the sources that CMakeLists.txt names; elsewhere
// HasDefect is a constant and nothing of them is compiled.
#pragma once

#ifdef NTSP_DEFECTS
#include <cstdlib>
#include <string_view>
#endif

namespace ntsp {

enum class Defect {
  kPlanSkipped,        // the archive uploads windows whose end it has not committed
  kDoneEarly,          // the archive commits a window's end before its objects are stored
  kOffsetEarly,        // stage 1 commits a position before the records behind it
  kNoGenerationCheck,  // stage 1 commits for partitions that may be another's by now
};

#ifdef NTSP_DEFECTS
// The one that NTSP_DEFECT names.
inline bool HasDefect(Defect defect) {
  const char* const name = std::getenv("NTSP_DEFECT");
  if (name == nullptr) return false;
  const std::string_view wanted = name;
  switch (defect) {
    case Defect::kPlanSkipped:
      return wanted == "plan-skipped";
    case Defect::kDoneEarly:
      return wanted == "done-early";
    case Defect::kOffsetEarly:
      return wanted == "offset-early";
    case Defect::kNoGenerationCheck:
      return wanted == "no-generation-check";
  }
  return false;
}
#else
constexpr bool HasDefect(Defect) {
  return false;
}
#endif

}  // namespace ntsp
