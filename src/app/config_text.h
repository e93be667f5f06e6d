// The table of settings as people read it.
#pragma once

#include <string>

#include "app/config.h"

namespace ntsp::app {

// What `ntsp config` prints: "VARIABLE=value  # source: default" a line; nothing secret in it.
std::string ConfigText(const Loaded& loaded);

// `.env.example`: every variable with its default and a word on it.
std::string EnvExampleText();

// The configuration table of the README, in Markdown.
std::string SettingsMarkdown();

}  // namespace ntsp::app
