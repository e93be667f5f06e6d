#include "app/cli.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;

constexpr std::array kCommands = {"run",     "demo",   "normalize", "explain", "simulate",   "check",
                                  "redrive", "verify", "schema",    "config",  "healthcheck"};

void ExpectFitsScreen(const std::string& text) {
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 24) << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 110u) << line;
}

TEST(Help, fits_a_screen_and_names_every_command) {
  const std::string text = HelpText();
  ExpectFitsScreen(text);
  for (const char* command : kCommands) EXPECT_THAT(text, HasSubstr(std::string("\n  ") + command + " "));
}

TEST(Help, tells_the_exit_codes) {
  EXPECT_THAT(HelpText(), HasSubstr("0 done, 1 failed, 2 wrong arguments"));
}

TEST(Help, of_each_command_fits_a_screen_and_tells_of_the_env_file) {
  for (const char* command : kCommands) {
    ExpectFitsScreen(HelpText(command));
    EXPECT_THAT(HelpText(command), HasSubstr("--env-file"));
  }
}

TEST(CommandLine, wrong_arguments_end_with_2) {
  const std::array no_command = {"ntsp"};
  const std::array unknown = {"ntsp", "frobnicate"};
  const std::array bad_dialect = {"ntsp", "simulate", "--dialect", "morse"};
  EXPECT_EQ(Main(no_command.size(), no_command.data()), 2);
  EXPECT_EQ(Main(unknown.size(), unknown.data()), 2);
  EXPECT_EQ(Main(bad_dialect.size(), bad_dialect.data()), 2);
}

}  // namespace
}  // namespace ntsp::app
