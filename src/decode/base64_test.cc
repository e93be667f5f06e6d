#include "decode/base64.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp::decode {
namespace {

std::optional<std::string> Decoded(std::string_view text) {
  Arena arena;
  const auto bytes = DecodeBase64(text, arena);
  return bytes ? std::optional<std::string>(*bytes) : std::nullopt;
}

TEST(Base64, reads_the_vectors_of_rfc_4648) {
  EXPECT_EQ(Decoded(""), "");
  EXPECT_EQ(Decoded("Zg=="), "f");
  EXPECT_EQ(Decoded("Zm8="), "fo");
  EXPECT_EQ(Decoded("Zm9v"), "foo");
  EXPECT_EQ(Decoded("Zm9vYg=="), "foob");
  EXPECT_EQ(Decoded("Zm9vYmE="), "fooba");
  EXPECT_EQ(Decoded("Zm9vYmFy"), "foobar");
}

TEST(Base64, needs_no_padding) {
  EXPECT_EQ(Decoded("Zg"), "f");
  EXPECT_EQ(Decoded("Zm8"), "fo");
}

TEST(Base64, reads_both_alphabets) {
  EXPECT_EQ(Decoded("+/+/"), "\xfb\xff\xbf");
  EXPECT_EQ(Decoded("-_-_"), "\xfb\xff\xbf");
}

TEST(Base64, refuses_anything_else) {
  for (const char* bad : {"Z", "Zm9vY", "Z===", "=", "==", "Zm9=v", "Zm 9", "Zm9\xc3", "Zg=", "Zm8=="}) {
    EXPECT_EQ(Decoded(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace ntsp::decode
