#include "archive/mark_sorter.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <random>

namespace ntsp::archive {
namespace {

class MarkSorterTest : public testing::Test {
 protected:
  MarkSorterTest() { std::filesystem::create_directories(folder_); }
  ~MarkSorterTest() override { std::filesystem::remove_all(folder_); }

  static std::vector<RowMark> RandomMarks(size_t count) {
    std::mt19937_64 random(7);
    std::vector<RowMark> marks(count);
    for (RowMark& mark : marks) {
      mark.batch = {random() % 100, random()};
      mark.index = static_cast<uint32_t>(random() % 10);
      mark.place = static_cast<uint32_t>(random() % 3);
    }
    return marks;
  }

  std::vector<RowMark> Sort(const std::vector<RowMark>& marks, size_t memory) {
    MarkSorter sorter(memory, folder_);
    for (const RowMark& mark : marks) EXPECT_TRUE(sorter.Add(mark));
    EXPECT_TRUE(std::filesystem::is_empty(folder_));
    std::vector<RowMark> sorted;
    EXPECT_TRUE(std::move(sorter).Visit([&](const RowMark& mark) { sorted.push_back(mark); }));
    return sorted;
  }

  const std::string folder_ =
      testing::TempDir() + "mark-sorter-" + testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(MarkSorterTest, what_fits_into_memory_comes_out_in_order) {
  std::vector<RowMark> marks = RandomMarks(1000);
  const std::vector<RowMark> sorted = Sort(marks, 1 << 20);
  std::sort(marks.begin(), marks.end());
  EXPECT_EQ(sorted, marks);
}

TEST_F(MarkSorterTest, what_does_not_fit_comes_out_the_same_and_leaves_no_file) {
  std::vector<RowMark> marks = RandomMarks(100'000);
  const std::vector<RowMark> sorted = Sort(marks, 1);  // the least: about a hundred runs
  std::sort(marks.begin(), marks.end());
  EXPECT_EQ(sorted, marks);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(MarkSorterTest, nothing_gives_nothing) {
  EXPECT_THAT(Sort({}, 1), testing::IsEmpty());
}

TEST_F(MarkSorterTest, a_folder_that_cannot_be_written_is_named_with_what_to_do) {
  MarkSorter sorter(1, folder_ + "/absent");
  Result<void> added;
  for (const RowMark& mark : RandomMarks(5000)) {
    if (added) added = sorter.Add(mark);
  }
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::kStop);
  EXPECT_THAT(added.error().message, testing::HasSubstr(folder_ + "/absent"));
  EXPECT_THAT(added.error().message, testing::HasSubstr("TMPDIR"));
}

}  // namespace
}  // namespace ntsp::archive
