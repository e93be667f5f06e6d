// The command line.
#pragma once

#include <string>

namespace ntsp::app {

// The whole life of the program; the exit code.
int Main(int argc, const char* const* argv);

// What `ntsp --help` prints; of a command, if one is named.
std::string HelpText(const std::string& command = "");

}  // namespace ntsp::app
