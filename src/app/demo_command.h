// `ntsp demo`: everything in one process, without broker, bucket or queue.
#pragma once

#include <optional>
#include <string>

#include "app/config.h"

namespace ntsp::app {

struct DemoOptions {
  std::string directory = "ntsp-demo";
  std::optional<double> seconds;  // absent: until a signal on a terminal, else 20
  double rate = 200;              // messages a second
};

int DemoCommand(const DemoOptions& options, const Config& config);

// The settings of the demo: those of `base` that shape records and files; the rest is fixed.
Config DemoConfig(const Config& base, const std::string& directory, const std::string& bootstrap_servers);

}  // namespace ntsp::app
