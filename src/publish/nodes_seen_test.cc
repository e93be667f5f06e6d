#include "publish/nodes_seen.h"

#include <gmock/gmock.h>

namespace ntsp::publish {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

Timestamp At(int64_t second) {
  return Timestamp::FromMillis(1'700'000'000'000 + second * 1000);
}

TEST(NodesSeen, lists_those_first_that_have_been_silent_for_longest) {
  NodesSeen seen;
  NodeNotes notes(&seen);
  notes.Heard("b", Partition{0}, At(100));
  notes.Heard("a", Partition{0}, At(400));
  notes.Heard("c", Partition{1}, At(410));
  notes.Heard("a", Partition{0}, At(390));  // an older message does not make it older
  notes.Commit();
  const NodesSummary summary = seen.Summary(2, At(430));
  EXPECT_EQ(summary.count, 3u);
  EXPECT_THAT(summary.nodes, ElementsAre(Field(&NodeSeen::name, "b"), Field(&NodeSeen::name, "a")));
  EXPECT_EQ(summary.nodes[1].last, At(400));
  EXPECT_EQ(summary.nodes[1].messages, 2u);
  EXPECT_EQ(summary.minute, 2u);
  EXPECT_EQ(summary.longer, 1u);
}

TEST(NodesSeen, an_aborted_batch_leaves_no_trace) {
  NodesSeen seen;
  NodeNotes notes(&seen);
  notes.Heard("a", Partition{0}, At(1));
  notes.Discard();
  notes.Commit();
  EXPECT_EQ(seen.Summary(9, At(2)).count, 0u);
}

TEST(NodesSeen, the_nodes_of_a_partition_that_goes_are_forgotten) {
  NodesSeen seen;
  NodeNotes notes(&seen);
  notes.Heard("a", Partition{0}, At(1));
  notes.Heard("b", Partition{1}, At(1));
  notes.Commit();
  seen.Forget(Partition{0});
  EXPECT_THAT(seen.Summary(9, At(2)).nodes, ElementsAre(Field(&NodeSeen::name, "b")));
}

TEST(NodesSeen, is_bounded_and_says_so) {
  NodesSeen seen;
  NodeNotes notes(&seen);
  for (size_t i = 0; i < NodesSeen::kMost + 5; ++i) notes.Heard(std::to_string(i), Partition{0}, At(1));
  notes.Heard(std::string(10'000, 'x'), Partition{0}, At(1));
  notes.Commit();
  const NodesSummary summary = seen.Summary(NodesSeen::kMost, At(2));
  EXPECT_EQ(summary.count, NodesSeen::kMost);
  EXPECT_EQ(summary.untracked, 6u);
  for (const NodeSeen& node : summary.nodes) EXPECT_LE(node.name.size(), NodesSeen::kLongestName);
}

}  // namespace
}  // namespace ntsp::publish
