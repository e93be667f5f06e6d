// `ntsp explain [FILE]`
#pragma once

#include <string>

#include "app/config.h"

namespace ntsp::app {

struct ExplainOptions {
  std::string file;         // empty or "-": stdin
  std::string received_at;  // RFC 3339; empty: now
  std::string key;          // of the Kafka message; empty: none
  bool as_json = false;
};

// The exit code: kFailed if anything would be a dead letter, kUsage if file or time cannot be read.
int ExplainCommand(const ExplainOptions& options, const Config& config);

}  // namespace ntsp::app
