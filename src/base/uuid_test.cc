#include "base/uuid.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace ntsp {
namespace {

std::string Text(std::string_view name) {
  return std::string(View(UrlUuid(name)));
}

// Expected values: Python's uuid.uuid5(uuid.NAMESPACE_URL, name).
TEST(UrlUuid, agrees_with_other_implementations) {
  EXPECT_EQ(Text("kafka:network-data/3/1234@1700000000123"), "98600aff-03d4-5c18-942b-8e1ac622ca35");
  EXPECT_EQ(Text(""), "1b4db7eb-4057-5ddf-91e0-36dec72071f5");
  EXPECT_EQ(Text("https://example.org/ü"), "4e935be2-141c-5c1c-ab16-33f53ec57da4");
  EXPECT_EQ(Text(std::string(200, 'x')), "cd3580b9-d244-586a-8077-74317319b48d");
}

TEST(UrlUuid, is_the_same_again_and_on_every_thread) {
  const std::string here = Text("name");
  Text("another");
  EXPECT_EQ(Text("name"), here);
  std::string there;
  std::thread([&] { there = Text("name"); }).join();
  EXPECT_EQ(there, here);
}

TEST(UrlUuid, says_version_5_and_the_rfc_variant) {
  for (int i = 0; i < 100; ++i) {
    const std::string uuid = Text(std::to_string(i));
    EXPECT_EQ(uuid[14], '5') << uuid;
    EXPECT_NE(std::string_view("89ab").find(uuid[19]), std::string_view::npos) << uuid;
  }
}

}  // namespace
}  // namespace ntsp
