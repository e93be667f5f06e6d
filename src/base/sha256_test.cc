#include "base/sha256.h"

#include <gtest/gtest.h>

namespace ntsp {
namespace {

// FIPS 180-2, appendix B.1.
TEST(Sha256, is_that_of_the_standard) {
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 4231, test case 2.
TEST(Sha256, with_a_key_is_that_of_the_standard) {
  EXPECT_EQ(Hex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

// RFC 4648, section 10, without the padding, and the two digits that differ from plain Base64.
TEST(Base64Url, is_that_of_the_standard) {
  EXPECT_EQ(Base64Url(""), "");
  EXPECT_EQ(Base64Url("f"), "Zg");
  EXPECT_EQ(Base64Url("fo"), "Zm8");
  EXPECT_EQ(Base64Url("foo"), "Zm9v");
  EXPECT_EQ(Base64Url("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64Url("\xff\xef\xbe"), "_---");
}

}  // namespace
}  // namespace ntsp
