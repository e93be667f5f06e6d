#include "archive/named_windows.h"

#include <gmock/gmock.h>

namespace ntsp::archive {
namespace {

using testing::HasSubstr;
using testing::IsNull;
using testing::NotNull;
using testing::Pair;

const TopicPartition kPartition{"node-data", {0}};

// Message n of the log has the timestamp n seconds.
class NamedWindowsTest : public testing::Test {
 protected:
  static ArchivedObject Object(int64_t start, int64_t end, int64_t first) {
    return {"key", {kPartition, {start}, {end}, Timestamp::FromMillis(first * 1000)}};
  }
  static ArchivedObject Object(int64_t start, int64_t end) { return Object(start, end, start); }

  NamedWindows Judged(const std::vector<ArchivedObject>& objects, int64_t low, int64_t archived) {
    NamedWindows windows({kPartition, {low}, {low}, {archived}}, objects);
    for (int64_t offset = low; offset < archived; ++offset) {
      windows.Saw({offset}, Timestamp::FromMillis(offset * 1000));
    }
    windows.Judge(differences_);
    return windows;
  }

  Differences differences_{10};
};

TEST_F(NamedWindowsTest, windows_that_touch_are_well) {
  const NamedWindows windows = Judged({Object(10, 20), Object(0, 10), Object(0, 10)}, 0, 20);
  EXPECT_EQ(differences_.total(), 0u);
  EXPECT_EQ(windows.windows().size(), 2u);
  EXPECT_THAT(windows.Find({9}), NotNull());
  EXPECT_EQ(windows.Find({10})->start, Offset{10});
  EXPECT_THAT(windows.Find({20}), IsNull());
}

TEST_F(NamedWindowsTest, windows_that_share_offsets_are_told) {
  (void)Judged({Object(0, 10), Object(5, 20)}, 0, 20);
  EXPECT_EQ(differences_.count(Difference::kOverlap), 1u);
  EXPECT_THAT(differences_.Text(), HasSubstr("node-data/0: [0, 10) and [5, 20)"));
}

TEST_F(NamedWindowsTest, a_window_beyond_the_position_is_told) {
  (void)Judged({Object(0, 10), Object(10, 25)}, 0, 20);
  EXPECT_EQ(differences_.count(Difference::kOverlap), 1u);
}

TEST_F(NamedWindowsTest, objects_behind_the_position_are_counted_only) {
  const NamedWindows windows = Judged({Object(0, 20), Object(20, 30)}, 0, 20);
  EXPECT_EQ(windows.ahead(), 1u);
  EXPECT_EQ(differences_.total(), 0u);
}

TEST_F(NamedWindowsTest, a_range_that_no_window_covers_is_known_by_its_offsets) {
  const NamedWindows windows = Judged({Object(5, 10), Object(15, 18)}, 0, 20);
  EXPECT_THAT(windows.Between({2}), Pair(Offset{0}, Offset{5}));
  EXPECT_THAT(windows.Between({12}), Pair(Offset{10}, Offset{15}));
  EXPECT_THAT(windows.Between({19}), Pair(Offset{18}, Offset{20}));
  EXPECT_EQ(differences_.total(), 0u)
      << "whether rows are missing there is for those to say who have read them";
}

TEST_F(NamedWindowsTest, a_gap_before_the_topics_beginning_is_told_because_its_rows_cannot_be_read) {
  (void)Judged({Object(0, 10), Object(15, 40)}, 30, 40);
  EXPECT_EQ(differences_.count(Difference::kGap), 1u);
  EXPECT_THAT(differences_.Text(), HasSubstr("[10, 15)"));
}

TEST_F(NamedWindowsTest, windows_of_an_earlier_topic_are_told_by_their_times) {
  const NamedWindows windows =
      Judged({Object(0, 10), Object(0, 7, -5000), Object(7, 20, -4000), Object(10, 20)}, 0, 20);
  EXPECT_EQ(differences_.total(), 0u);
  EXPECT_EQ(std::ranges::count_if(windows.windows(), &NamedWindow::earlier), 2);
  EXPECT_EQ(windows.Find({8})->end, Offset{10});
}

TEST_F(NamedWindowsTest, offsets_that_are_transaction_markers_do_not_matter) {
  NamedWindows windows({kPartition, {0}, {0}, {20}}, {Object(0, 9, 2), Object(9, 20, 12)});
  for (const int64_t offset : {2, 5, 8, 12, 18}) windows.Saw({offset}, Timestamp::FromMillis(offset * 1000));
  windows.Judge(differences_);
  EXPECT_EQ(differences_.total(), 0u);
  EXPECT_EQ(windows.Find({12})->end, Offset{20});
}

}  // namespace
}  // namespace ntsp::archive
