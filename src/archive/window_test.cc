#include "archive/window.h"

#include <gtest/gtest.h>

#include "archive/file_builder_fake.h"

namespace ntsp::archive {
namespace {

const TopicPartition kSource{"node-data", {0}};
const WindowRange kRange{{10}, {20}, Timestamp::FromMillis(1'700'000'000'000)};

Record Row(const char* node, const char* timestamp) {
  Record row;
  row.Reset(Table::kNode);
  row.Set(column::kNodeName, std::string_view(node));
  row.Set(column::kTimestamp, *ParseRfc3339(timestamp));
  row.Set(column::kReceivedAt, *ParseRfc3339("2026-01-02T12:00:00Z"));
  return row;
}

Window Filled() {
  Window window(Table::kNode, kSource, FakeFiles());
  EXPECT_TRUE(window.Append(Row("late", "2026-01-02T12:01:00Z")));
  EXPECT_TRUE(window.Append(Row("early", "2026-01-02T11:59:00Z")));
  EXPECT_TRUE(window.Append(Row("broken-clock", "1999-01-01T00:00:00Z")));
  return window;
}

TEST(Window, puts_each_row_into_the_object_of_its_hour) {
  const auto objects = Filled().Finish("p", kRange);
  ASSERT_TRUE(objects);
  ASSERT_EQ(objects->size(), 2u);
  EXPECT_EQ((*objects)[0].bytes, "early\n");
  EXPECT_EQ((*objects)[1].bytes, "late\nbroken-clock\n");
  EXPECT_EQ((*objects)[1].rows, 2u);
  EXPECT_NE((*objects)[0].key.find("/dt=2026-01-02/hour=11/"), std::string::npos);
  EXPECT_NE((*objects)[1].key.find("/dt=2026-01-02/hour=12/"), std::string::npos);
}

TEST(Window, I5_the_same_rows_make_the_same_objects) {
  const auto once = Filled().Finish("p", kRange), again = Filled().Finish("p", kRange);
  ASSERT_TRUE(once && again);
  ASSERT_EQ(once->size(), again->size());
  for (size_t i = 0; i < once->size(); ++i) {
    EXPECT_EQ((*once)[i].key, (*again)[i].key);
    EXPECT_EQ((*once)[i].bytes, (*again)[i].bytes);
  }
}

TEST(Window, counts_what_all_its_files_hold) {
  const Window window = Filled();
  EXPECT_EQ(window.encoded_bytes(), std::string("late\nearly\nbroken-clock\n").size());
}

TEST(Window, without_rows_makes_no_object) {
  const auto objects = Window(Table::kNode, kSource, FakeFiles()).Finish("p", kRange);
  ASSERT_TRUE(objects);
  EXPECT_TRUE(objects->empty());
}

}  // namespace
}  // namespace ntsp::archive
