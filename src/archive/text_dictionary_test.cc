#include "archive/text_dictionary.h"

#include <gmock/gmock.h>

namespace ntsp::archive {
namespace {

using ::testing::ElementsAre;

TEST(TextDictionary, the_same_text_has_the_same_id_and_is_kept_once) {
  TextDictionary texts;
  const auto leaf = texts.Intern("leaf1");
  const auto spine = texts.Intern("spine1");
  EXPECT_NE(leaf, spine);
  EXPECT_EQ(texts.Intern("leaf1"), leaf);
  EXPECT_EQ(texts.bytes(), "leaf1spine1");
  EXPECT_THAT(texts.offsets(), ElementsAre(0, 5, 11));
}

TEST(TextDictionary, the_empty_text_is_a_text) {
  TextDictionary texts;
  EXPECT_EQ(texts.Intern(""), 0u);
  EXPECT_EQ(texts.Intern("a"), 1u);
  EXPECT_EQ(texts.Intern(""), 0u);
  EXPECT_EQ(texts.Text(0), "");
}

TEST(TextDictionary, finds_every_text_again_after_growing) {
  TextDictionary texts;
  for (int i = 0; i < 10'000; ++i) EXPECT_EQ(texts.Intern("ethernet-" + std::to_string(i)), unsigned(i));
  for (int i = 0; i < 10'000; ++i) EXPECT_EQ(texts.Intern("ethernet-" + std::to_string(i)), unsigned(i));
  EXPECT_EQ(texts.size(), 10'000u);
}

TEST(TextDictionary, ranks_are_in_the_order_of_unsigned_bytes) {
  TextDictionary texts;
  for (const char* text : {"b", "\xc3\xa9", "", "a"}) texts.Intern(text);
  EXPECT_THAT(texts.Ranks(), ElementsAre(2, 3, 0, 1));
}

TEST(TextDictionary, knows_nothing_after_clear) {
  TextDictionary texts;
  texts.Intern("a");
  texts.Intern("b");
  texts.Clear();
  EXPECT_EQ(texts.size(), 0u);
  EXPECT_EQ(texts.Intern("b"), 0u);
}

}  // namespace
}  // namespace ntsp::archive
