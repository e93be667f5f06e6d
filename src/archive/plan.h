// What the archive keeps in Kafka beside a committed offset S: nothing, or the plan to write exactly the
// messages [S, end). Text: "ntsp1;e=<end>;l=<layout>", less than 64 bytes (brokers take 4096).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/types.h"

namespace ntsp::archive {

struct Plan {
  Offset end;
  std::string layout;  // Layout::Text() of who planned it

  bool operator==(const Plan&) const = default;
};

std::string FormatPlan(const Plan& plan);

// Nothing for an empty text. kStop for any other text that is not a plan of this version: to go on would
// break a promise that somebody made.
Result<std::optional<Plan>> ParsePlan(std::string_view metadata);

}  // namespace ntsp::archive
