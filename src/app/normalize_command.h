// `ntsp normalize [FILE…]`
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/config.h"

namespace ntsp::app {

struct NormalizeOptions {
  std::vector<std::string> files;  // none, or "-": stdin
  std::string received_at;         // RFC 3339; empty: now
};

// The exit code: kFailed if anything failed, kUsage if a file or the time cannot be read.
int NormalizeCommand(const NormalizeOptions& options, const Config& config);

}  // namespace ntsp::app
