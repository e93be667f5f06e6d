#include "app/config_text.h"

#include <gmock/gmock.h>

#include <map>

#include "app/doc_file_fake.h"
#include "app/env_file.h"
#include "app/setting.h"

namespace ntsp::app {
namespace {

TEST(EnvExample, is_what_the_table_of_settings_says) {
  ExpectFile(".env.example", EnvExampleText());
}

TEST(EnvExample, lists_every_variable_with_its_default_and_nothing_else) {
  const auto entries = ParseEnvFile(".env.example", FileText(".env.example"));
  ASSERT_TRUE(entries) << entries.error().message;
  std::map<std::string, std::string> expected, listed;
  for (const Setting& setting : Settings()) expected.emplace(setting.variable, setting.default_text);
  for (const EnvEntry& entry : *entries) listed.emplace(entry.variable, entry.value);
  EXPECT_EQ(listed, expected);
  EXPECT_EQ(entries->size(), expected.size());
}

TEST(EnvExample, has_a_word_on_every_variable) {
  for (const Setting& setting : Settings()) {
    EXPECT_FALSE(setting.doc.empty()) << setting.variable;
    EXPECT_FALSE(setting.allowed.empty()) << setting.variable;
  }
}

TEST(Readme, has_the_table_of_settings) {
  ExpectSection("README.md", "settings", SettingsMarkdown());
}

}  // namespace
}  // namespace ntsp::app
