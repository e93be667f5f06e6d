#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp {
namespace {

TEST(Utf8Length, knows_the_length_of_every_valid_form) {
  EXPECT_EQ(Utf8Length("a"), 1u);
  EXPECT_EQ(Utf8Length("ü"), 2u);
  EXPECT_EQ(Utf8Length("✓"), 3u);
  EXPECT_EQ(Utf8Length("𝄞"), 4u);
  EXPECT_EQ(Utf8Length("\xf4\x8f\xbf\xbf"), 4u);  // U+10FFFF
}

TEST(Utf8Length, refuses_what_is_not_utf8) {
  for (const char* text : {"", "\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                           "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x9c", "\xe2\x9c!", "\xff"}) {
    EXPECT_EQ(Utf8Length(text), 0u) << testing::PrintToString(text);
  }
}

TEST(CutUtf8, keeps_what_is_short_enough) {
  EXPECT_EQ(CutUtf8("abc", 3), "abc");
  EXPECT_EQ(CutUtf8("", 0), "");
}

TEST(IsUtf8, is_about_every_character) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("aü𝄞"));
  EXPECT_FALSE(IsUtf8("ok\xF2"));
  EXPECT_FALSE(IsUtf8("\x80ok"));
}

TEST(CutUtf8, never_cuts_a_character_in_two) {
  EXPECT_EQ(CutUtf8("aü", 2), "a");
  EXPECT_EQ(CutUtf8("a𝄞b", 4), "a");
  EXPECT_EQ(CutUtf8("a𝄞b", 5), "a𝄞");
  EXPECT_EQ(CutUtf8("𝄞", 3), "");
}

TEST(CutUtf8, cuts_junk_at_the_limit) {
  EXPECT_EQ(CutUtf8(std::string(9, '\x80'), 5).size(), 5u);
}

}  // namespace
}  // namespace ntsp
