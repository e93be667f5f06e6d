#include "app/json_values.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace ntsp::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> values;
  JsonValues split(text);
  while (const auto value = split.Next()) values.emplace_back(*value);
  return values;
}

TEST(JsonValues, are_found_one_a_line) {
  EXPECT_THAT(Split("{\"a\":1}\n\n{\"b\":2}\r\n"), ElementsAre("{\"a\":1}", "{\"b\":2}"));
}

TEST(JsonValues, are_found_one_behind_the_other) {
  EXPECT_THAT(Split("{}[]{} []"), ElementsAre("{}", "[]", "{}", "[]"));
}

TEST(JsonValues, an_array_is_one) {
  EXPECT_THAT(Split("[\n {\"a\":1},\n {\"b\":[2]}\n]\n"), ElementsAre("[\n {\"a\":1},\n {\"b\":[2]}\n]"));
}

TEST(JsonValues, brackets_in_texts_do_not_count) {
  EXPECT_THAT(Split(R"({"a":"}]\"}"}{"\\":"["})"), ElementsAre(R"({"a":"}]\"}"})", R"({"\\":"["})"));
}

TEST(JsonValues, a_line_without_brackets_is_one_value) {
  EXPECT_THAT(Split("not json at all\n  42 \n{}\n"), ElementsAre("not json at all", "42", "{}"));
}

TEST(JsonValues, a_line_cut_short_leaves_its_neighbours_alone) {
  EXPECT_THAT(Split("{\"a\":[1\n{\"b\":2}\n"), ElementsAre("{\"a\":[1", "{\"b\":2}"));
  EXPECT_THAT(Split("{\"a\":\"tex\n{\"b\":2}\n"), ElementsAre("{\"a\":\"tex", "{\"b\":2}"));
  EXPECT_THAT(Split("{\"a\":1]\n{\"b\":2}\n"), ElementsAre("{\"a\":1]", "{\"b\":2}"));
  EXPECT_THAT(Split("{\"a\":[1,\n{\"b\":2}\n"), ElementsAre("{\"a\":[1,", "{\"b\":2}"));
}

TEST(JsonValues, the_end_of_the_text_ends_a_value) {
  EXPECT_THAT(Split("{\"a\":\"b\\"), ElementsAre("{\"a\":\"b\\"));
  EXPECT_THAT(Split("]"), ElementsAre("]"));
  EXPECT_THAT(Split(" \n"), IsEmpty());
  EXPECT_THAT(Split(""), IsEmpty());
}

TEST(JsonValues, a_packed_text_is_one_whatever_its_bytes) {
  const std::string gzip("\x1f\x8b\x08\n{}\n\0 \n", 10);
  EXPECT_THAT(Split(gzip), ElementsAre(gzip));
}

}  // namespace
}  // namespace ntsp::app
