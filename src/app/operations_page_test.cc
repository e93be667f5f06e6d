// Holds docs/operations.md against the source: what the program counts, reports and logs as a trouble must be
// there.
#include <gmock/gmock.h>

#include <filesystem>
#include <regex>
#include <set>

#include "app/doc_file_fake.h"

namespace ntsp::app {
namespace {

// The first group of every match in the sources that are no tests.
std::set<std::string> InSources(const char* pattern) {
  std::set<std::string> found;
  const std::regex regex(pattern);
  const std::filesystem::path root(NTSP_SOURCE_DIR);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "src")) {
    const std::string name = entry.path().filename();
    if (entry.path().extension() != ".cc" || name.ends_with("_test.cc") || name.ends_with("_fake.cc"))
      continue;
    const std::string text = FileText(std::filesystem::relative(entry.path(), root));
    for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
      found.insert((*match)[1]);
    }
  }
  return found;
}

void ExpectDocumented(const std::set<std::string>& names) {
  const std::string page = FileText("docs/operations.md");
  EXPECT_GT(names.size(), 5u);
  for (const std::string& name : names) EXPECT_THAT(page, ::testing::HasSubstr("| " + name + " "));
}

TEST(OperationsPage, lists_every_metric) {
  ExpectDocumented(InSources("\"((?:ntsp|process)_[a-z_]+[a-z])\""));
}

TEST(OperationsPage, lists_every_alert) {
  std::set<std::string> kinds = InSources("kind = \"([a-z-]+)\"");
  kinds.merge(InSources("Alert\\(\\s*\"([a-z-]+)\""));
  kinds.erase("test");  // sent by `ntsp check` only
  ExpectDocumented(kinds);
}

TEST(OperationsPage, lists_every_warning_and_error_of_the_log) {
  ExpectDocumented(InSources("log::(?:Warn|Error)\\(\\s*\"([a-z-]+)\""));
}

}  // namespace
}  // namespace ntsp::app
