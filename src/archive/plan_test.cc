#include "archive/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace ntsp::archive {
namespace {

using testing::HasSubstr;

TEST(Plan, is_read_as_it_was_written) {
  const Plan plan{{1234}, "0123456789abcdef"};
  EXPECT_EQ(FormatPlan(plan), "ntsp1;e=1234;l=0123456789abcdef");
  EXPECT_EQ(**ParsePlan(FormatPlan(plan)), plan);
}

TEST(Plan, stays_below_64_bytes) {
  EXPECT_LT(FormatPlan({{std::numeric_limits<int64_t>::max()}, "0123456789abcdef"}).size(), 64u);
}

TEST(Plan, no_note_is_no_plan) {
  const auto plan = ParsePlan("");
  ASSERT_TRUE(plan);
  EXPECT_FALSE(plan->has_value());
}

TEST(Plan, a_note_of_another_version_is_an_error_that_says_what_to_do) {
  for (const char* note : {"ntsp2;e=5;l=ab", "something else", " "}) {
    const auto plan = ParsePlan(note);
    ASSERT_FALSE(plan) << note;
    EXPECT_EQ(plan.error().kind, ErrorKind::kStop);
    EXPECT_THAT(plan.error().message, HasSubstr("consumer group"));
  }
}

TEST(Plan, a_damaged_plan_is_an_error) {
  for (const char* note :
       {"ntsp1;", "ntsp1;e=;l=ab", "ntsp1;e=-5;l=ab", "ntsp1;e=5", "ntsp1;e=5;l=", "ntsp1;e=5;l=xy",
        "ntsp1;e=5;l=ab;", "ntsp1;e=99999999999999999999;l=ab", "ntsp1;l=ab;e=5"}) {
    const auto plan = ParsePlan(note);
    ASSERT_FALSE(plan) << note;
    EXPECT_EQ(plan.error().kind, ErrorKind::kStop);
  }
}

}  // namespace
}  // namespace ntsp::archive
