// `ntsp redrive`: dead letters back to the raw topic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/config.h"

namespace ntsp::app {

struct RedriveOptions {
  std::vector<std::string> kinds;  // ntsp.error.kind; empty: all
  std::string since, until;        // RFC 3339; empty: no limit
  std::optional<int32_t> partition;
  std::optional<int64_t> offset;
  bool from_start = false;
  bool dry_run = false;
  double rate = 0;  // messages a second; 0: no limit
  size_t examples = 3;
};

// kDone if all that was selected is back, or would be; kFailed if something could not go back.
int RedriveCommand(const RedriveOptions& options, const Config& config);

}  // namespace ntsp::app
