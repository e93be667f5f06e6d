// Holds docs/alerts.md against the source: each kind of alert has its section, and each section its kind.
#include <gmock/gmock.h>

#include "app/source_scan_fake.h"

namespace ntsp::app {
namespace {

TEST(AlertsPage, has_a_section_for_every_kind_and_no_other) {
  std::set<std::string> kinds = InSources(R"re((?:kind|kKind) = "([a-z-]+)")re");
  kinds.merge(InSources(R"re(Alert\(\s*"([a-z-]+)")re"));
  kinds.erase("test");  // sent by `ntsp check` only
  EXPECT_GT(kinds.size(), 5u);
  std::set<std::string> sections = Found("\n## ([a-z-]+)\n", FileText("docs/alerts.md"));
  EXPECT_EQ(sections, kinds);
}

}  // namespace
}  // namespace ntsp::app
