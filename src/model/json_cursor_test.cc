#include "model/json_cursor.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "simdjson.h"

namespace ntsp {
namespace {

// What is wrong with `text` as one JSON document, read with every token visited.
std::optional<JsonError> Check(const std::string& text) {
  // Copied to a block of exactly its size, so that a sanitizer sees a read beyond the end.
  const std::vector<char> exact(text.begin(), text.end());
  JsonIndex index;
  Arena arena;
  if (const auto error = index.Build({exact.data(), exact.size()})) return error;
  JsonCursor in(index, arena);
  in.Value();
  if (in.error()) return in.error();
  if (!in.AtEnd()) return JsonError{RejectKind::kInvalidJson, 0, "more than one value"};
  return std::nullopt;
}

simdjson::error_code CheckWithDom(const std::string& text) {
  simdjson::dom::parser parser;
  return parser.parse(text).error();
}

TEST(JsonCursor, accepts_what_is_json) {
  for (const char* text :
       {R"({})", R"([])", R"( {"a":[1,-0.5e+10,true,false,null,"x\n\u00e9\ud83d\ude00"]} )", R"("text")",
        "12345678901234567890123456789012345678901234567890", "1e999", "[[[[]]]]", "\"\"", "-0"}) {
    EXPECT_FALSE(Check(text)) << text;
  }
}

TEST(JsonCursor, refuses_what_is_not) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "[",
                           "[1,]",
                           "{\"a\":1,}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{a:1}",
                           "[1 2]",
                           "{\"a\":1 \"b\":2}",
                           "nul",
                           "NaN",
                           "-",
                           "01",
                           "1.",
                           ".5",
                           "1e",
                           "+1",
                           "\"\\x\"",
                           "\"\\u12g4\"",
                           "\"\\ud800\"",
                           "\"\\udc00\"",
                           "\"\\ud800\\u0041\"",
                           "]",
                           "}",
                           "{]",
                           "[}",
                           "{\"a\":1]",
                           "tru",
                           "truee",
                           "\"a\nb\"",
                           "\"a",
                           "[\"a]",
                           "\xff",
                           "[\"\xc3\"]",
                           "{\"a\":1}}",
                           "1 2"}) {
    EXPECT_TRUE(Check(text)) << text;
  }
}

TEST(JsonCursor, says_where_the_json_is_wrong) {
  EXPECT_EQ(Check(R"({"a":1 "b":2})")->position, 7u);
  EXPECT_EQ(Check(R"({"a":nul})")->position, 5u);
  EXPECT_EQ(Check("[\"ab\xff\"]")->position, 4u);
  EXPECT_EQ(Check("[\"ab\xff\"]")->kind, RejectKind::kInvalidUtf8);
  EXPECT_EQ(Check("[1,\"ab")->position, 3u);
  EXPECT_EQ(Check(R"(["a","\q"])")->position, 5u);
  EXPECT_EQ(Check(R"({"a":[1)")->what, "the JSON is cut short");
}

TEST(JsonCursor, takes_256_levels_and_no_more) {
  EXPECT_FALSE(Check(std::string(256, '[') + std::string(256, ']')));
  EXPECT_EQ(Check(std::string(257, '[') + std::string(257, ']'))->kind, RejectKind::kTooDeep);
  EXPECT_EQ(Check(std::string(10'000, '['))->kind, RejectKind::kTooDeep);
}

TEST(JsonCursor, a_container_is_its_own_text_without_the_blanks_around_it) {
  const std::string text = R"([ {"a": [1, 2]} , 5 ,"x" ])";
  JsonIndex index;
  Arena arena;
  ASSERT_FALSE(index.Build(text));
  JsonCursor in(index, arena);
  std::vector<std::string> raw;
  for (bool more = in.EnterArray(); more; more = in.NextElement()) {
    const auto from = in.mark();
    in.Skip();
    raw.emplace_back(in.Raw(from));
  }
  EXPECT_EQ(raw, (std::vector<std::string>{R"({"a": [1, 2]})", "5", R"("x")"}));
}

TEST(JsonCursor, a_copy_looks_ahead_and_the_original_stays) {
  const std::string text = R"({"a\u0041":"b\"c"})";
  JsonIndex index;
  Arena arena;
  ASSERT_FALSE(index.Build(text));
  JsonCursor in(index, arena);
  JsonCursor ahead = in;
  ahead.Skip();
  EXPECT_TRUE(ahead.AtEnd());
  ASSERT_TRUE(in.EnterObject());
  EXPECT_EQ(in.Key(), "aA");
  EXPECT_EQ(in.Value().text, "b\"c");
}

std::string Mutated(std::string text, std::mt19937& random) {
  constexpr std::string_view kJunk = "{}[]\",:\\ \n0123.eE+-tfnu\x01\xc3\xa9\xed\xa0\x80x";
  for (size_t edits = 1 + random() % 3; edits > 0 && !text.empty(); --edits) {
    const size_t at = random() % text.size();
    switch (random() % 5) {
      case 0:
        text[at] = static_cast<char>(text[at] ^ (1u << random() % 8));
        break;
      case 1:
        text.erase(at, 1 + random() % 3);
        break;
      case 2:
        text.resize(at);
        break;
      case 3:
        text.insert(at, 1, kJunk[random() % kJunk.size()]);
        break;
      default:
        text.insert(at, text.substr(random() % text.size(), random() % 9));
    }
  }
  return text;
}

// The DOM parser of simdjson is the judge; it refuses only what is too large for its numbers, which we keep
// as text.
TEST(JsonCursor, jumps_over_a_value_without_a_look_at_it) {
  for (const char* value :
       {"1", "\"[\"", "{}", "[]", R"({"a":[{"b":"]}"},[[]]]})", R"([nonsense {"a" 1}])"}) {
    const std::string text = "[" + std::string(value) + ",7]";
    JsonIndex index;
    Arena arena;
    ASSERT_FALSE(index.Build(text));
    JsonCursor in(index, arena);
    ASSERT_TRUE(in.EnterArray());
    in.JumpOver();
    EXPECT_TRUE(in.NextElement()) << value;
    EXPECT_EQ(in.Value().text, "7") << value;
  }
}

TEST(JsonCursor, jumps_no_further_than_the_end) {
  JsonIndex index;
  Arena arena;
  ASSERT_FALSE(index.Build("[[[1"));
  JsonCursor in(index, arena);
  in.JumpOver();
  EXPECT_TRUE(in.AtEnd());
  in.JumpOver();
  EXPECT_TRUE(in.AtEnd());
}

TEST(JsonCursor, agrees_with_a_parser_that_others_wrote_on_what_json_is) {
  const std::vector<std::string> seeds = {
      R"({"path":".a.b","entries":[{"keys":{"node_name":"n1","x":"\u00e9\n"},"fields":{"in-octets":12,"up":true,"z":null}}]})",
      R"([{"name":"s","timestamp":1741064767000000123,"tags":{"source":"r1:57400"},"values":{"/a/b.0/c":"1","/d":-1.5e3}}])",
      "  [ [ ] , { } , \"\\ud83d\\ude00 \\\\ \\\" \\/\" , false , 0 , -0.0 ]\n",
      "{\"h\xc3\xa9\":\"\xf0\x9f\x98\x80\",\"b\":[1,2,[3,[4,{\"c\":{}}]]]}",
  };
  std::mt19937 random(20240607);
  size_t accepted = 0, refused = 0;
  for (int i = 0; i < 60'000; ++i) {
    const std::string text = Mutated(seeds[random() % seeds.size()], random);
    const auto judged = CheckWithDom(text);
    if (judged == simdjson::NUMBER_ERROR || judged == simdjson::BIGINT_ERROR) continue;
    const auto error = Check(text);
    ASSERT_EQ(error.has_value(), judged != simdjson::SUCCESS)
        << text << "\nours: " << (error ? error->what : "accepted")
        << "\ndom: " << simdjson::error_message(judged);
    (error ? refused : accepted) += 1;
  }
  EXPECT_GT(accepted, 1000u);
  EXPECT_GT(refused, 1000u);
}

}  // namespace
}  // namespace ntsp
