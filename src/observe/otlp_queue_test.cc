#include "observe/otlp_queue.h"

#include <gmock/gmock.h>

namespace ntsp::observe {
namespace {

const Envelope kEnvelope{"<[", "]>"};

TEST(OtlpQueue, refuses_the_newest_when_it_is_full) {
  OtlpQueue queue(kEnvelope, {.items = 2});
  EXPECT_TRUE(queue.Push("1"));
  EXPECT_TRUE(queue.Push("2"));
  EXPECT_FALSE(queue.Push("3"));
  EXPECT_EQ(queue.Next()->body, "<[1,2]>");
  EXPECT_TRUE(queue.Push("4"));
}

TEST(OtlpQueue, is_bounded_in_bytes_too_and_gives_them_back) {
  OtlpQueue queue(kEnvelope, {.bytes = 10});
  EXPECT_FALSE(queue.Push(std::string(11, 'a')));
  EXPECT_TRUE(queue.Push(std::string(10, 'a')));
  EXPECT_FALSE(queue.Push("b"));
  ASSERT_TRUE(queue.Next());
  EXPECT_TRUE(queue.Push(std::string(10, 'a')));
}

TEST(OtlpQueue, gives_batches_and_says_when_there_is_more) {
  OtlpQueue queue(kEnvelope, {.batch_items = 2, .batch_bytes = 100});
  for (const char* item : {"1", "2", "3"}) ASSERT_TRUE(queue.Push(item));
  const auto first = queue.Next(), second = queue.Next();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->items, 2u);
  EXPECT_TRUE(first->more);
  EXPECT_EQ(second->body, "<[3]>");
  EXPECT_FALSE(second->more);
  EXPECT_FALSE(queue.Next());
}

TEST(OtlpQueue, a_batch_ends_when_it_is_large_enough) {
  OtlpQueue queue(kEnvelope, {.batch_bytes = 4});
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(queue.Push("abc"));
  EXPECT_EQ(queue.Next()->items, 2u);
}

TEST(OtlpQueue, takes_nothing_once_it_is_closed_and_still_gives_what_it_has) {
  OtlpQueue queue(kEnvelope, {});
  ASSERT_TRUE(queue.Push("1"));
  queue.Close();
  EXPECT_FALSE(queue.Push("2"));
  EXPECT_EQ(queue.Next()->items, 1u);
}

}  // namespace
}  // namespace ntsp::observe
