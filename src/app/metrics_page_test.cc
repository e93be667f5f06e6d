// Holds docs/metrics.md against the tables of metrics, and the tables against what the program counts.
#include <gmock/gmock.h>

#include "app/metrics_text.h"
#include "app/source_scan_fake.h"

namespace ntsp::app {
namespace {

std::vector<const observe::Metric*> AllMetrics() {
  std::vector<const observe::Metric*> all;
  for (const MetricSection& section : MetricSections()) {
    all.insert(all.end(), section.table.begin(), section.table.end());
  }
  return all;
}

TEST(MetricsPage, is_what_the_tables_say) {
  ExpectFile("docs/metrics.md", MetricsMarkdown());
}

TEST(MetricsPage, every_metric_is_declared_once_and_named_as_prometheus_wants_it) {
  std::set<std::string> names;
  for (const observe::Metric* metric : AllMetrics()) {
    const std::string name = metric->name;
    EXPECT_TRUE(names.insert(name).second) << name << " is declared twice";
    EXPECT_EQ(name.ends_with("_total"), metric->kind == observe::MetricKind::kCounter) << name;
    EXPECT_STRNE(metric->meaning, "") << name;
  }
}

TEST(MetricsPage, every_name_in_the_source_is_a_metric_that_is_declared) {
  std::set<std::string> names;
  for (const observe::Metric* metric : AllMetrics()) names.insert(metric->name);
  for (const std::string& name : InSources("\"((?:ntsp|process)_[a-z_]+[a-z])\"")) {
    EXPECT_TRUE(names.contains(name)) << name << " is in no metric_table.h";
  }
}

TEST(MetricsPage, every_declaration_is_in_its_table) {
  size_t declared = 0;
  for (const char* folder : {"alert", "archive", "observe", "publish", "watch"}) {
    const std::string text = FileText(std::string("src/") + folder + "/metric_table.h");
    declared += Found("inline constexpr Metric (k\\w+)", text).size();
  }
  EXPECT_EQ(declared, AllMetrics().size());
}

}  // namespace
}  // namespace ntsp::app
