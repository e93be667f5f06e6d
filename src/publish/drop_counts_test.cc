#include "publish/drop_counts.h"

#include <gtest/gtest.h>

namespace ntsp::publish {
namespace {

double Counted(const observe::Metrics& metrics, const observe::Labels& labels) {
  return metrics.Sum("ntsp_publish_drops_total", labels);
}

TEST(DropCounts, drops_are_counted_by_kind_and_path_when_they_are_committed) {
  observe::Metrics metrics;
  PathLimit limit;
  DropCounts drops(metrics, limit);
  drops.Count(DropKind::kOtherSubsystem, "bgp");
  drops.Count(DropKind::kOtherSubsystem, "bgp");
  drops.Count(DropKind::kEmptyEvent, "bgp");
  EXPECT_EQ(Counted(metrics, {}), 0);
  drops.Commit();
  drops.Commit();
  EXPECT_EQ(Counted(metrics, {{"kind", "other-subsystem"}, {"path", "bgp"}}), 2);
  EXPECT_EQ(Counted(metrics, {{"kind", "empty-event"}}), 1);
}

TEST(DropCounts, what_is_discarded_is_never_counted) {
  observe::Metrics metrics;
  PathLimit limit;
  DropCounts drops(metrics, limit);
  drops.Count(DropKind::kControl, "");
  drops.Discard();
  drops.Commit();
  EXPECT_EQ(Counted(metrics, {}), 0);
}

TEST(DropCounts, of_all_workers_together_only_so_many_paths_have_a_series) {
  observe::Metrics metrics;
  PathLimit limit;
  DropCounts one(metrics, limit), two(metrics, limit);
  for (size_t i = 0; i < PathLimit::kMostPaths; ++i)
    one.Count(DropKind::kOtherSubsystem, "path-" + std::to_string(i));
  two.Count(DropKind::kOtherSubsystem, "one-more");
  two.Count(DropKind::kOtherSubsystem, "and-another");
  two.Count(DropKind::kOtherSubsystem, "path-7");
  one.Commit();
  two.Commit();
  EXPECT_EQ(Counted(metrics, {{"path", "other"}}), 2);
  EXPECT_EQ(Counted(metrics, {{"path", "path-7"}}), 2);
  EXPECT_EQ(Counted(metrics, {{"path", "one-more"}}), 0);
}

TEST(DropCounts, paths_that_differ_only_far_behind_have_one_short_label) {
  observe::Metrics metrics;
  PathLimit limit;
  DropCounts drops(metrics, limit);
  const std::string beginning(128, 'p');
  for (int i = 0; i < 300; ++i) drops.Count(DropKind::kOtherSubsystem, beginning + std::to_string(i));
  drops.Commit();
  EXPECT_EQ(Counted(metrics, {{"path", beginning}}), 300);
}

}  // namespace
}  // namespace ntsp::publish
