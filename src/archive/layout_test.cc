#include "archive/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ntsp::archive {
namespace {

using testing::HasSubstr;
using testing::Not;

const Layout kLayout{"s3://bucket", "processed", Table::kNode};

TEST(Layout, is_fixed_for_ever_for_the_same_settings) {
  EXPECT_EQ(kLayout.Text(), "6c7ac96b3c2f76b3");
}

TEST(Layout, that_is_the_same_is_accepted) {
  EXPECT_TRUE(CheckLayout(kLayout.Text(), kLayout));
}

TEST(Layout, of_another_bucket_or_prefix_is_refused_with_the_settings_names) {
  for (const Layout& other :
       {Layout{"s3://other", "processed", Table::kNode}, Layout{"s3://bucket", "p", Table::kNode}}) {
    const auto same = CheckLayout(kLayout.Text(), other);
    ASSERT_FALSE(same);
    EXPECT_EQ(same.error().kind, ErrorKind::kStop);
    EXPECT_THAT(same.error().message, HasSubstr("S3_PREFIX"));
    EXPECT_THAT(same.error().message, Not(HasSubstr("KAFKA_")));
  }
}

TEST(Layout, of_another_table_is_refused_with_the_settings_name) {
  const auto same = CheckLayout(kLayout.Text(), {"s3://bucket", "processed", Table::kAddress});
  ASSERT_FALSE(same);
  EXPECT_THAT(same.error().message, HasSubstr("KAFKA_*_TOPIC"));
  EXPECT_THAT(same.error().message, Not(HasSubstr("S3_PREFIX")));
}

TEST(Layout, of_another_length_is_refused) {
  EXPECT_FALSE(CheckLayout("ab", kLayout));
}

}  // namespace
}  // namespace ntsp::archive
