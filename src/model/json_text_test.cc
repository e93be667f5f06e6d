#include "model/json_text.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp {
namespace {

std::optional<std::string> Unescaped(std::string_view raw) {
  Arena arena;
  const auto text = Unescape(raw, arena);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

TEST(Unescape, finds_escapes_at_any_place) {
  for (size_t size = 0; size < 40; ++size) {
    for (size_t at = 0; at <= size; ++at) {
      const std::string before(at, 'a'), behind(size - at, '[');  // '[' and '\\' are neighbours
      EXPECT_EQ(Unescaped(before + R"(\")" + behind), before + "\"" + behind);
      EXPECT_EQ(Unescaped(before + R"(\\\n\u00e9)" + behind), before + "\\\n\xc3\xa9" + behind);
    }
  }
}

TEST(Unescape, leaves_other_text_as_it_is) {
  for (const std::string text :
       {"", "plain", "eight by", "]]]]]]]]]]]]]]]]", "\xdc\xdc\xdc\xdc\xdc\xdc\xdc\xdc"}) {
    EXPECT_EQ(Unescaped(text), text);
  }
}

TEST(Unescape, reads_characters_beyond_sixteen_bits) {
  EXPECT_EQ(Unescaped(R"(\ud83d\ude00)"), "\xf0\x9f\x98\x80");
}

TEST(Unescape, refuses_what_is_no_escape) {
  for (const char* bad : {R"(\)", R"(a\)", R"(12345678\)", R"(\x)", R"(\u12)", R"(\ud800)", R"(\ud800\n)"}) {
    EXPECT_EQ(Unescaped(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace ntsp
