// Holds docs/mapping.md against the code.
#include <gtest/gtest.h>

#include "app/doc_file_fake.h"
#include "normalize/mapping_file.h"

namespace ntsp::app {
namespace {

TEST(MappingPage, lists_the_rules_and_the_columns_that_can_be_mapped) {
  ExpectSection("docs/mapping.md", "mapping", normalize::MappingMarkdown());
}

TEST(MappingPage, has_an_example_that_is_one) {
  const std::string page = FileText("docs/mapping.md");
  const size_t from = page.find("# path"), to = page.find("```", from);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos);
  const auto mapping = normalize::Mapping::Parse("docs/mapping.md", page.substr(from, to - from));
  ASSERT_TRUE(mapping) << mapping.error().message;
  EXPECT_EQ((*mapping)->own_rows(), 5u);
}

}  // namespace
}  // namespace ntsp::app
