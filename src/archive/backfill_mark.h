// How far a backfill of one partition has come, as its group keeps it: an offset, and beside it where the
// backfill began and the plan of the window that is being stored, if that is a new one.
//   ntsp-backfill1;f=<from>[;<plan>]
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "archive/plan.h"
#include "base/result.h"
#include "base/types.h"

namespace ntsp::archive {

struct BackfillMark {
  Offset from, next;  // [from, next) is done
  std::optional<Plan> plan;

  bool operator==(const BackfillMark&) const = default;
};

// What stands beside `next`.
std::string FormatBackfillMark(const BackfillMark& mark);

// Nothing for an empty text. kStop for a text of another kind or version.
Result<std::optional<BackfillMark>> ParseBackfillMark(Offset next, std::string_view text);

}  // namespace ntsp::archive
