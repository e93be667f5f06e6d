// The records as JSON Schema.
#pragma once

#include <string>

namespace ntsp::app {

// One document (draft 2020-12): a definition a table under "$defs"; a value is valid if it is a record of any
// of them.
std::string JsonSchema();

}  // namespace ntsp::app
