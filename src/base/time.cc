#include "base/time.h"

#include <charconv>
#include <chrono>
#include <cstring>

namespace ntsp {
namespace {

constexpr int64_t kDayMicros = 86'400'000'000;
constexpr int64_t kHourMicros = 3'600'000'000;

struct Civil {
  int year;
  unsigned month, day;
};

Civil ToCivil(int64_t days) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{days}}};
  return {int(ymd.year()), unsigned(ymd.month()), unsigned(ymd.day())};
}

int64_t FloorDiv(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

void WriteDigits(char* out, uint32_t number, int digits) {
  for (int i = digits - 1; i >= 0; --i) {
    out[i] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

// Reads text from the left; every step fails for good once one has failed.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return ok_ && rest_.empty(); }
  void Reject() { Fail(); }

  int Digits(size_t count) {
    int number = 0;
    if (rest_.size() < count) return Fail();
    for (size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return Fail();
      number = number * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return number;
  }

  char OneOf(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos)
      return static_cast<char>(Fail());
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  bool Skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // The decimals after a point, as microseconds; further digits are read and cut.
  int Micros() {
    int micros = 0;
    size_t digits = 0;
    for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
      if (digits < 6) micros = micros * 10 + (rest_[digits] - '0');
    }
    if (digits == 0) return Fail();
    for (size_t i = digits; i < 6; ++i) micros *= 10;
    rest_.remove_prefix(digits);
    return micros;
  }

 private:
  int Fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

int64_t ZoneMicros(Cursor& in) {
  const char sign = in.OneOf("Zz+-");
  if (sign == 'Z' || sign == 'z') return 0;
  const int hours = in.Digits(2);
  in.OneOf(":");
  const int minutes = in.Digits(2);
  if (hours > 23 || minutes > 59) in.Reject();
  return (sign == '-' ? -1 : 1) * (hours * 60 + minutes) * int64_t{60'000'000};
}

}  // namespace

void WriteTimestamp(Timestamp t, char* out) {
  const int64_t days = FloorDiv(t.micros, kDayMicros);
  int64_t rest = t.micros - days * kDayMicros;
  // Most moments of a message share their day: its text is kept from the last call of this thread.
  thread_local int64_t last_days = INT64_MIN;
  thread_local char last_date[10];
  if (days != last_days) {
    const Civil civil = ToCivil(days);
    WriteDigits(last_date, static_cast<uint32_t>(civil.year), 4);
    last_date[4] = last_date[7] = '-';
    WriteDigits(last_date + 5, civil.month, 2);
    WriteDigits(last_date + 8, civil.day, 2);
    last_days = days;
  }
  std::memcpy(out, last_date, 10);
  const auto seconds = static_cast<uint32_t>(rest / 1'000'000);
  out[10] = 'T';
  WriteDigits(out + 11, seconds / 3600, 2);
  out[13] = ':';
  WriteDigits(out + 14, seconds / 60 % 60, 2);
  out[16] = ':';
  WriteDigits(out + 17, seconds % 60, 2);
  out[19] = '.';
  WriteDigits(out + 20, static_cast<uint32_t>(rest % 1'000'000), 6);
  out[26] = 'Z';
}

std::string ToText(Timestamp t) {
  std::string text(kTimestampLength, ' ');
  WriteTimestamp(t, text.data());
  return text;
}

std::optional<Timestamp> ParseRfc3339(std::string_view text) {
  using namespace std::chrono;
  Cursor in(text);
  const int y = in.Digits(4);
  in.OneOf("-");
  const int mon = in.Digits(2);
  in.OneOf("-");
  const int d = in.Digits(2);
  in.OneOf("Tt ");
  const int h = in.Digits(2);
  in.OneOf(":");
  const int min = in.Digits(2);
  in.OneOf(":");
  const int s = in.Digits(2);
  const int fraction = in.Skip('.') ? in.Micros() : 0;
  const int64_t zone = ZoneMicros(in);
  const year_month_day date{year{y}, month(static_cast<unsigned>(mon)), day(static_cast<unsigned>(d))};
  if (!in.AtEnd() || !date.ok() || h > 23 || min > 59 || s > 60) return std::nullopt;
  const int64_t days_since = sys_days{date}.time_since_epoch().count();
  const Timestamp t{days_since * kDayMicros + (h * 3600 + min * 60 + s) * int64_t{1'000'000} + fraction -
                    zone};
  if (t < kEarliest || t > kLatest) return std::nullopt;
  return t;
}

std::optional<Timestamp> FromEpoch(int64_t number) {
  if (number <= 0) return std::nullopt;
  if (number >= 100'000'000'000'000'000) return Timestamp{number / 1000};
  if (number >= 100'000'000'000'000) return Timestamp{number};
  if (number >= 100'000'000'000) return Timestamp{number * 1000};
  return Timestamp{number * 1'000'000};
}

DateHour ToDateHour(Timestamp t) {
  // As in WriteTimestamp: 2 % of the archive's time was spent here (perf).
  thread_local int64_t last_hours = INT64_MIN;
  thread_local DateHour last;
  const int64_t hours = FloorDiv(t.micros, kHourMicros);
  if (hours == last_hours) return last;
  const int64_t days = FloorDiv(hours, 24);
  const Civil civil = ToCivil(days);
  last = {civil.year, int(civil.month), int(civil.day), int(hours - days * 24)};
  last_hours = hours;
  return last;
}

}  // namespace ntsp
