#include "base/buffer.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace ntsp {
namespace {

TEST(Buffer, is_empty_at_first) {
  const Buffer buffer;
  EXPECT_EQ(buffer.view(), "");
  EXPECT_EQ(buffer.capacity(), 0u);
}

TEST(Buffer, keeps_everything_while_it_grows) {
  Buffer buffer;
  std::string expected;
  for (int i = 0; i < 2000; ++i) {
    buffer.Append(std::to_string(i));
    buffer.Append(',');
    expected += std::to_string(i) + ",";
  }
  EXPECT_EQ(buffer.view(), expected);
}

TEST(Buffer, takes_only_what_was_committed_of_the_reserved_room) {
  Buffer buffer;
  buffer.Append("ab");
  char* const room = buffer.Reserve(5000);
  std::memcpy(room, "cde", 3);
  buffer.CommitTo(room + 2);
  EXPECT_EQ(buffer.view(), "abcd");
}

TEST(Buffer, keeps_its_memory_when_cleared) {
  Buffer buffer;
  buffer.Append(std::string(5000, 'x'));
  const size_t capacity = buffer.capacity();
  buffer.Clear();
  EXPECT_EQ(buffer.size(), 0u);
  buffer.Append(std::string(5000, 'y'));
  EXPECT_EQ(buffer.capacity(), capacity);
}

TEST(Buffer, can_be_truncated_to_an_earlier_size) {
  Buffer buffer;
  buffer.Append("keep");
  const size_t mark = buffer.size();
  buffer.Append(" drop");
  buffer.Truncate(mark);
  buffer.Append("!");
  EXPECT_EQ(buffer.view(), "keep!");
}

TEST(Buffer, gives_back_only_what_is_beyond_the_limit) {
  Buffer buffer;
  buffer.Append(std::string(100'000, 'x'));
  buffer.Shrink(buffer.capacity());
  EXPECT_EQ(buffer.size(), 100'000u);
  buffer.Shrink(1000);
  EXPECT_EQ(buffer.capacity(), 0u);
  buffer.Append("again");
  EXPECT_EQ(buffer.view(), "again");
}

}  // namespace
}  // namespace ntsp
