// Holds docs/operations.md against the source: what the program rejects and logs as a trouble must be there.
#include <gmock/gmock.h>

#include "app/source_scan_fake.h"
#include "model/verdict.h"

namespace ntsp::app {
namespace {

void ExpectDocumented(const std::set<std::string>& names) {
  const std::string page = FileText("docs/operations.md");
  EXPECT_GT(names.size(), 5u);
  for (const std::string& name : names) EXPECT_THAT(page, ::testing::HasSubstr("| " + name + " "));
}

TEST(OperationsPage, lists_every_kind_of_dead_letter) {
  std::set<std::string> kinds;
  for (int i = 0; i < kRejectKindCount; ++i) kinds.emplace(RejectName(static_cast<RejectKind>(i)));
  ExpectDocumented(kinds);
}

TEST(OperationsPage, lists_every_warning_and_error_of_the_log_and_no_other_event) {
  std::set<std::string> events = InSources("log::(?:Warn|Error)\\(\\s*\"([a-z-]+)\"");
  ExpectDocumented(events);
  events.merge(InSources(R"re(log::Write\([^;"]*"([a-z-]+)")re"));  // of a level that depends
  std::string page = FileText("docs/operations.md");
  page = page.substr(page.find("## Events of the log"));
  page = page.substr(0, page.find("\n## ", 1));
  std::set<std::string> listed = Found("\n\\| ([a-z][a-z-]*) \\|", page);
  listed.erase("event");
  EXPECT_EQ(listed, events);
}

}  // namespace
}  // namespace ntsp::app
