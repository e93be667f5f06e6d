#include "base/arena.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ntsp {
namespace {

constexpr size_t kLarge = 200'000;  // more than a block

TEST(Arena, a_copy_outlives_its_original) {
  Arena arena;
  std::string original = "text";
  const std::string_view copy = arena.Copy(original);
  original = "else";
  EXPECT_EQ(copy, "text");
}

TEST(Arena, earlier_texts_stay_when_blocks_are_added) {
  Arena arena;
  std::vector<std::pair<std::string, std::string_view>> texts;
  for (size_t i = 0; i < 500; ++i) {
    const std::string text(i * 7, static_cast<char>('a' + i % 26));
    texts.emplace_back(text, arena.Copy(text));
  }
  for (const auto& [text, copy] : texts) EXPECT_EQ(copy, text);
}

TEST(Arena, joins_any_number_of_parts) {
  Arena arena;
  EXPECT_EQ(arena.Join("a", std::string("bc"), std::string_view(), "d"), "abcd");
  EXPECT_EQ(arena.Join(""), "");
}

TEST(Arena, an_empty_text_is_no_special_case) {
  Arena arena;
  EXPECT_EQ(arena.Copy(""), "");
  EXPECT_EQ(arena.Copy({}), "");
}

TEST(Arena, a_text_larger_than_a_block_fits_first_and_later) {
  Arena arena;
  const std::string large(kLarge, 'x');
  EXPECT_EQ(arena.Copy(large), large);
  const std::string_view small = arena.Copy("small");
  EXPECT_EQ(arena.Copy(large), large);
  EXPECT_EQ(small, "small");
}

TEST(Arena, uses_the_same_block_again_after_clear) {
  Arena arena;
  const char* const first = arena.Copy("one").data();
  arena.Copy(std::string(kLarge, 'x'));
  arena.Clear();
  EXPECT_EQ(arena.Copy("two").data(), first);
}

TEST(Arena, can_be_cleared_before_first_use_and_after_a_large_first_text) {
  Arena arena;
  arena.Clear();
  EXPECT_EQ(arena.Copy("x"), "x");
  Arena other;
  other.Copy(std::string(kLarge, 'x'));
  other.Clear();
  const std::string block(60'000, 'y');
  EXPECT_EQ(other.Copy(block), block);
}

}  // namespace
}  // namespace ntsp
