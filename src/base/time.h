// Moments in UTC, to the microsecond, and their text form. All of it is pure: no clock, no time zone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ntsp {

// Microseconds since 1970-01-01T00:00:00Z.
struct Timestamp {
  int64_t micros = 0;

  static constexpr Timestamp FromMillis(int64_t millis) { return {millis * 1000}; }
  constexpr int64_t Millis() const { return micros / 1000; }
  auto operator<=>(const Timestamp&) const = default;
};

// Years 0001 to 9999: what RFC 3339 can write.
inline constexpr Timestamp kEarliest{-62135596800'000000};
inline constexpr Timestamp kLatest{253402300799'999999};

// "2026-11-23T15:04:05.678901Z": always this long.
inline constexpr size_t kTimestampLength = 27;

// Writes exactly kTimestampLength characters at `out`. REQUIRES: kEarliest <= t <= kLatest.
void WriteTimestamp(Timestamp t, char* out);
// The same as a string, off the hot path.
std::string ToText(Timestamp t);

// RFC 3339 with any zone and any number of decimals (cut, not rounded, to microseconds); 'T', 't' or a space
// between date and time. Nothing for any other text, nor outside kEarliest..kLatest.
std::optional<Timestamp> ParseRfc3339(std::string_view text);

// A number since the epoch whose unit is told by its size: >= 1e17 ns, >= 1e14 µs, >= 1e11 ms, else s.
// Nanoseconds are cut to microseconds. Nothing for 0 and below, nor beyond kLatest.
std::optional<Timestamp> FromEpoch(int64_t number);

// "YYYY-MM-DD" and "HH" in UTC, as object keys have them.
struct DateHour {
  int year, month, day, hour;

  auto operator<=>(const DateHour&) const = default;
};
DateHour ToDateHour(Timestamp t);

}  // namespace ntsp
