#include "base/time.h"

#include <gtest/gtest.h>

#include <limits>

namespace ntsp {
namespace {

std::string RoundTrip(std::string_view text) {
  const auto time = ParseRfc3339(text);
  return time ? ToText(*time) : "nothing";
}

TEST(ToText, always_has_six_decimals_and_z) {
  EXPECT_EQ(ToText({0}), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(ToText({1'700'000'000'123'456}), "2023-11-14T22:13:20.123456Z");
}

TEST(ToText, moments_before_the_epoch_count_down) {
  EXPECT_EQ(ToText({-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(ToText({-86'400'000'000}), "1969-12-31T00:00:00.000000Z");
}

TEST(ToText, reaches_both_ends_of_the_calendar) {
  EXPECT_EQ(ToText(kEarliest), "0001-01-01T00:00:00.000000Z");
  EXPECT_EQ(ToText(kLatest), "9999-12-31T23:59:59.999999Z");
}

TEST(ToText, days_that_alternate_do_not_mix) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(ToText({0}), "1970-01-01T00:00:00.000000Z");
    EXPECT_EQ(ToText({86'400'000'000}), "1970-01-02T00:00:00.000000Z");
  }
}

TEST(ParseRfc3339, leap_days_exist_only_in_leap_years) {
  EXPECT_EQ(RoundTrip("2024-02-29T12:00:00Z"), "2024-02-29T12:00:00.000000Z");
  EXPECT_EQ(RoundTrip("2000-02-29T12:00:00Z"), "2000-02-29T12:00:00.000000Z");
  EXPECT_EQ(RoundTrip("2023-02-29T12:00:00Z"), "nothing");
  EXPECT_EQ(RoundTrip("2100-02-29T12:00:00Z"), "nothing");
}

TEST(ParseRfc3339, a_leap_second_is_the_first_of_the_next_minute) {
  EXPECT_EQ(RoundTrip("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00.000000Z");
}

TEST(ParseRfc3339, zones_are_turned_to_utc) {
  EXPECT_EQ(RoundTrip("2026-01-01T01:30:00+02:30"), "2025-12-31T23:00:00.000000Z");
  EXPECT_EQ(RoundTrip("2026-12-31T23:30:00-00:45"), "2027-01-01T00:15:00.000000Z");
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00-00:00"), "2026-01-01T00:00:00.000000Z");
}

TEST(ParseRfc3339, zones_that_do_not_exist_are_refused) {
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00+24:00"), "nothing");
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00+01:60"), "nothing");
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00+0100"), "nothing");
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00"), "nothing");
}

TEST(ParseRfc3339, decimals_are_cut_not_rounded) {
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00.9999999Z"), "2026-01-01T00:00:00.999999Z");
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00.5Z"), "2026-01-01T00:00:00.500000Z");
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00.000000000000000000001Z"), "2026-01-01T00:00:00.000000Z");
  EXPECT_EQ(RoundTrip("2026-01-01T00:00:00.Z"), "nothing");
}

TEST(ParseRfc3339, small_letters_and_a_space_are_allowed) {
  EXPECT_EQ(RoundTrip("2026-01-01t00:00:00z"), "2026-01-01T00:00:00.000000Z");
  EXPECT_EQ(RoundTrip("2026-01-01 00:00:00Z"), "2026-01-01T00:00:00.000000Z");
}

TEST(ParseRfc3339, other_text_is_nothing) {
  for (const char* text :
       {"", "x", "2026", "2026-01-01", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
        "2026-01-01T00:00:00Zx", " 2026-01-01T00:00:00Z", "2026-1-1T00:00:00Z", "+026-01-01T00:00:00Z"}) {
    EXPECT_EQ(RoundTrip(text), "nothing") << text;
  }
}

TEST(ParseRfc3339, the_calendar_ends_are_inside_and_what_a_zone_moves_beyond_is_not) {
  EXPECT_EQ(ParseRfc3339("0001-01-01T00:00:00Z"), kEarliest);
  EXPECT_EQ(ParseRfc3339("9999-12-31T23:59:59.999999Z"), kLatest);
  EXPECT_EQ(RoundTrip("0001-01-01T00:00:00+00:01"), "nothing");
  EXPECT_EQ(RoundTrip("9999-12-31T23:59:59-00:01"), "nothing");
  EXPECT_EQ(RoundTrip("0000-12-31T00:00:00Z"), "nothing");
}

TEST(FromEpoch, the_unit_is_told_by_the_size) {
  const Timestamp moment{1'700'000'000'000'000};
  EXPECT_EQ(FromEpoch(1'700'000'000), moment);
  EXPECT_EQ(FromEpoch(1'700'000'000'000), moment);
  EXPECT_EQ(FromEpoch(1'700'000'000'000'000), moment);
  EXPECT_EQ(FromEpoch(1'700'000'000'000'000'000), moment);
}

TEST(FromEpoch, units_change_at_1e11_1e14_and_1e17) {
  EXPECT_EQ(FromEpoch(99'999'999'999), Timestamp{99'999'999'999'000'000});
  EXPECT_EQ(FromEpoch(100'000'000'000), Timestamp{100'000'000'000'000});
  EXPECT_EQ(FromEpoch(99'999'999'999'999), Timestamp{99'999'999'999'999'000});
  EXPECT_EQ(FromEpoch(100'000'000'000'000), Timestamp{100'000'000'000'000});
  EXPECT_EQ(FromEpoch(99'999'999'999'999'999), Timestamp{99'999'999'999'999'999});
  EXPECT_EQ(FromEpoch(100'000'000'000'000'000), Timestamp{100'000'000'000'000});
}

TEST(FromEpoch, nanoseconds_are_cut) {
  EXPECT_EQ(FromEpoch(1'700'000'000'000'001'999), Timestamp{1'700'000'000'000'001});
}

TEST(FromEpoch, zero_and_below_are_nothing) {
  EXPECT_EQ(FromEpoch(0), std::nullopt);
  EXPECT_EQ(FromEpoch(std::numeric_limits<int64_t>::min()), std::nullopt);
}

TEST(FromEpoch, every_positive_number_can_be_written) {
  EXPECT_LE(FromEpoch(std::numeric_limits<int64_t>::max()), kLatest);
  EXPECT_EQ(FromEpoch(1), Timestamp{1'000'000});
}

TEST(ToDateHour, is_in_utc_and_right_at_the_borders) {
  EXPECT_EQ(ToDateHour({0}), (DateHour{1970, 1, 1, 0}));
  EXPECT_EQ(ToDateHour({-1}), (DateHour{1969, 12, 31, 23}));
  EXPECT_EQ(ToDateHour(*ParseRfc3339("2024-02-29T23:59:59.999999Z")), (DateHour{2024, 2, 29, 23}));
}

}  // namespace
}  // namespace ntsp
