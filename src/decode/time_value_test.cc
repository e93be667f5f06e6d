#include "decode/time_value.h"

#include <gtest/gtest.h>

namespace ntsp::decode {
namespace {

std::optional<Timestamp> FromText(std::string_view text) {
  return ReadTime({Scalar::Kind::kText, text});
}
std::optional<Timestamp> FromNumber(std::string_view text) {
  return ReadTime({Scalar::Kind::kNumber, text});
}

TEST(ReadTime, takes_rfc_3339_and_epochs_of_any_unit) {
  const Timestamp moment{1'700'000'000'000'000};
  EXPECT_EQ(FromText("2023-11-14T22:13:20Z"), moment);
  for (const char* epoch : {"1700000000", "1700000000000", "1700000000000000", "1700000000000000000"}) {
    EXPECT_EQ(FromNumber(epoch), moment) << epoch;
    EXPECT_EQ(FromText(epoch), moment) << epoch;
  }
}

TEST(ReadTime, cuts_nanoseconds) {
  EXPECT_EQ(FromNumber("1700000000123456789")->micros, 1'700'000'000'123'456);
}

TEST(ReadTime, takes_fractions_of_seconds_and_exponents) {
  EXPECT_EQ(FromText("1700000000.720064")->micros, 1'700'000'000'720'064);
  EXPECT_EQ(FromNumber("1700000000.5")->micros, 1'700'000'000'500'000);
  EXPECT_EQ(FromNumber("1700000000.1234567")->micros, 1'700'000'000'123'456);
  EXPECT_EQ(FromNumber("1700000000000.9")->micros, 1'700'000'000'000'000);
  EXPECT_EQ(FromNumber("1.7e18")->micros, 1'700'000'000'000'000);
}

TEST(ReadTime, what_says_no_time_is_none) {
  for (const char* text : {"", "0", "-5", "now", "99999999999999999999", "1e40", "12:30", "1700000000 s",
                           "1970-01-01T00:00:00Z"}) {
    EXPECT_FALSE(FromText(text)) << text;
  }
  EXPECT_FALSE(ReadTime({Scalar::Kind::kNull, "null"}));
  EXPECT_FALSE(ReadTime({Scalar::Kind::kBool, "true"}));
  EXPECT_FALSE(ReadTime({Scalar::Kind::kJson, "[1700000000]"}));
}

}  // namespace
}  // namespace ntsp::decode
