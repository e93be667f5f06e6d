#include "base/json_text.h"

#include <gmock/gmock.h>

#include <limits>
#include <vector>

namespace ntsp {
namespace {

std::string Quoted(std::string_view text) {
  std::string out;
  AppendJsonString(out, text);
  return out;
}

std::string Printable(std::string_view text) {
  std::string out;
  AppendPrintable(out, text);
  return out;
}

TEST(JsonText, quotes_and_backslashes_are_escaped) {
  EXPECT_EQ(Quoted(R"(a"b\c)"), R"("a\"b\\c")");
}

TEST(JsonText, control_characters_are_escaped_also_nul_delete_and_c1) {
  EXPECT_EQ(Quoted(std::string_view("\0\n\r\t\x1b\x7f\xc2\x9b", 8)), R"("\u0000\n\r\t\u001b\u007f\u009b")");
}

TEST(JsonText, valid_utf8_stays_as_it_is) {
  EXPECT_EQ(Quoted("Zürich ✓ 𝄞"), "\"Zürich ✓ 𝄞\"");
}

TEST(JsonText, each_invalid_byte_becomes_a_replacement_character) {
  EXPECT_EQ(Quoted("a\xff"), "\"a\uFFFD\"");
  EXPECT_EQ(Quoted("\xc3"), "\"\uFFFD\"");                      // cut short
  EXPECT_EQ(Quoted("\xc0\xaf"), "\"\uFFFD\uFFFD\"");            // overlong
  EXPECT_EQ(Quoted("\xed\xa0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");  // surrogate
}

TEST(JsonText, printable_text_keeps_quotes_and_cannot_forge_a_line) {
  EXPECT_EQ(Printable("say \"hi\"\nERROR \x1b[2J"), "say \"hi\"\\nERROR \\u001b[2J");
}

TEST(JsonObject, members_stand_in_the_order_they_were_added) {
  JsonObject object;
  object.Text("a", "x").Number("b", uint64_t{18446744073709551615u}).Number("c", -5).Number("d", 0.5);
  object.Flag("e", true).Raw("f", "[1]");
  EXPECT_EQ(object.Finish(), R"({"a":"x","b":18446744073709551615,"c":-5,"d":0.5,"e":true,"f":[1]})");
}

TEST(JsonObject, names_are_escaped) {
  EXPECT_EQ(JsonObject().Flag("a\"", false).Finish(), R"({"a\"":false})");
}

TEST(JsonObject, numbers_that_json_does_not_have_become_null) {
  JsonObject object;
  object.Number("nan", std::numeric_limits<double>::quiet_NaN());
  object.Number("inf", -std::numeric_limits<double>::infinity());
  EXPECT_EQ(object.Finish(), R"({"nan":null,"inf":null})");
}

TEST(JsonObject, arrays_of_strings_are_escaped_too) {
  const std::vector<std::string> values = {"[", "", "\""};
  EXPECT_EQ(JsonObject().Texts("n", values).Texts("m", std::vector<std::string>()).Finish(),
            R"({"n":["[","","\""],"m":[]})");
}

TEST(JsonObject, an_empty_one_is_an_object) {
  EXPECT_EQ(JsonObject().Finish(), "{}");
}

}  // namespace
}  // namespace ntsp
