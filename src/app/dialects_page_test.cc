// Holds docs/dialects.md against detection, the dialects' facts and the path table.
#include <gtest/gtest.h>

#include "app/dialects_text.h"
#include "app/doc_file_fake.h"
#include "decode/dialect_facts.h"
#include "normalize/models_text.h"

namespace ntsp::app {
namespace {

TEST(DialectsPage, lists_every_dialect_as_the_code_knows_it) {
  ExpectSection("docs/dialects.md", "dialects", DialectsMarkdown());
}

TEST(DialectsPage, lists_what_is_mapped_of_every_model) {
  ExpectSection("docs/dialects.md", "models", normalize::ModelsMarkdown());
}

TEST(DialectsPage, is_linked_from_the_readme_which_names_every_dialect) {
  const std::string readme = FileText("README.md");
  EXPECT_NE(readme.find("](docs/dialects.md)"), std::string::npos);
  for (const decode::DialectFacts& facts : decode::AllDialectFacts()) {
    EXPECT_NE(readme.find(facts.name), std::string::npos) << facts.name;
  }
}

}  // namespace
}  // namespace ntsp::app
