#include "publish/redrive_progress.h"

#include <gmock/gmock.h>

namespace ntsp::publish {
namespace {

RedriveProgress Again(const RedriveProgress& before) {
  const auto text = before.Text();
  EXPECT_TRUE(text);
  auto again = RedriveProgress::Parse(before.position(), *text);
  EXPECT_TRUE(again);
  return *again;
}

TEST(RedriveProgress, of_everything_is_a_position_alone) {
  RedriveProgress progress(Offset{5});
  progress.Done("a", {5});
  progress.Done("b", {9});
  EXPECT_EQ(progress.position(), Offset{10});
  EXPECT_EQ(*progress.Text(), "");
}

TEST(RedriveProgress, what_is_left_holds_the_position_and_what_is_done_behind_it_is_remembered) {
  RedriveProgress progress(Offset{0});
  progress.Done("a", {0});
  progress.Leave("b", {1});
  progress.Done("a", {2});
  progress.Leave("b", {3});
  progress.Done("a", {7});
  EXPECT_EQ(progress.position(), Offset{1});
  EXPECT_EQ(*progress.Text(), "ntsp-redrive1;a=1-8");
  const RedriveProgress again = Again(progress);
  EXPECT_TRUE(again.IsDone("a", {2}));
  EXPECT_TRUE(again.IsDone("b", {0}));
  EXPECT_FALSE(again.IsDone("b", {3}));
  EXPECT_FALSE(again.IsDone("a", {8}));
}

TEST(RedriveProgress, a_second_call_for_the_rest_makes_one_position_of_all) {
  RedriveProgress first(Offset{0});
  first.Leave("b", {0});
  first.Done("a", {1});
  RedriveProgress second = Again(first);
  second.Done("b", {0});
  ASSERT_TRUE(second.IsDone("a", {1}));
  second.Done("a", {1});
  EXPECT_EQ(second.position(), Offset{2});
  EXPECT_EQ(*second.Text(), "");
}

TEST(RedriveProgress, selections_of_one_kind_by_time_are_ranges_that_grow_together) {
  RedriveProgress first(Offset{0});
  first.Leave("a", {0});
  first.Done("a", {5});
  first.Done("a", {6});
  first.Leave("a", {7});
  first.Done("a", {9});
  EXPECT_EQ(*first.Text(), "ntsp-redrive1;a=5-7,9-10");
  RedriveProgress second = Again(first);
  second.Leave("a", {0});
  for (const int64_t offset : {5, 6, 7, 9}) second.Done("a", {offset});
  EXPECT_EQ(*second.Text(), "ntsp-redrive1;a=5-10");
}

TEST(RedriveProgress, a_text_of_another_version_is_refused) {
  for (const char* text :
       {"ntsp-redrive2;a=1-2", "ntsp1;e=5", "ntsp-redrive1;a=2-1", "ntsp-redrive1;a=x-1"}) {
    const auto parsed = RedriveProgress::Parse({0}, text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().kind, ErrorKind::kStop);
  }
}

TEST(RedriveProgress, more_ranges_than_kafka_keeps_are_refused_before_anything_is_committed) {
  RedriveProgress progress(Offset{0});
  for (int64_t i = 0; i < 1000; ++i) {
    progress.Leave("a", {1'000'000 + 2 * i});
    progress.Done("a", {1'000'001 + 2 * i});
  }
  ASSERT_FALSE(progress.Text());
  EXPECT_THAT(progress.Text().error().message, testing::HasSubstr("without --kind"));
}

}  // namespace
}  // namespace ntsp::publish
