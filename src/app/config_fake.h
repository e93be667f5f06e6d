// For tests of the settings: an environment in, a configuration or its mistakes out.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config.h"

namespace ntsp::app {

inline Result<void> TakeAny(const std::string&, const std::string&) {
  return {};
}

inline LoadInput Given(Environment environment, std::vector<EnvEntry> entries = {}) {
  LoadInput input;
  input.environment = std::move(environment);
  input.env_file = ".env";
  input.env_entries = std::move(entries);
  input.host_name = "probe-1";
  input.cores = 4;
  input.check_property = TakeAny;
  return input;
}

inline Config Good(Environment environment) {
  auto loaded = LoadConfig(Given(std::move(environment)));
  EXPECT_TRUE(loaded) << loaded.error().message;
  return loaded ? loaded->config : Config{};
}

inline std::string Mistakes(Environment environment) {
  const auto loaded = LoadConfig(Given(std::move(environment)));
  if (loaded) return "no mistake";
  EXPECT_EQ(loaded.error().kind, ErrorKind::kStop);
  return loaded.error().message;
}

inline std::string Shown(const Loaded& loaded, std::string_view variable) {
  for (const Effective& line : loaded.effective) {
    if (line.variable == variable) return line.value;
  }
  return "not shown";
}

}  // namespace ntsp::app
