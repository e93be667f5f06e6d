#include "archive/object_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ntsp::archive {
namespace {

constexpr std::string_view kSuffix = ".parquet";
constexpr int64_t kHourMicros = 3'600'000'000;

// Takes "-<number>" off the end.
template <typename Integer>
std::optional<Integer> TakeLast(std::string_view& text) {
  const size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == text.size()) return std::nullopt;
  Integer value = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data() + dash + 1, last, value);
  if (error != std::errc() || end != last) return std::nullopt;
  text = text.substr(0, dash);
  return value;
}

}  // namespace

std::string TablePrefix(std::string_view prefix, Table table) {
  return fmt::format("{}{}{}/", prefix, prefix.empty() ? "" : "/", TableName(table));
}

std::string DayPrefix(std::string_view prefix, Table table, Timestamp day) {
  const DateHour date = ToDateHour(day);
  return fmt::format("{}dt={:04}-{:02}-{:02}/", TablePrefix(prefix, table), date.year, date.month, date.day);
}

std::string ObjectKey(std::string_view prefix, Table table, const DateHour& hour, const ObjectName& name) {
  // A message without a timestamp has a negative one; the name has only digits.
  return fmt::format("{}dt={:04}-{:02}-{:02}/hour={:02}/{}-{}-{:020}-{:020}-{}{}", TablePrefix(prefix, table),
                     hour.year, hour.month, hour.day, hour.hour, name.source.topic,
                     name.source.partition.value, name.start.value, name.end.value,
                     std::max<int64_t>(0, name.first.Millis()), kSuffix);
}

std::optional<ObjectName> ParseObjectKey(std::string_view key) {
  std::string_view rest = key.substr(key.rfind('/') + 1);  // npos + 1 is 0: no folder
  if (!rest.ends_with(kSuffix)) return std::nullopt;
  rest.remove_suffix(kSuffix.size());
  const auto first = TakeLast<int64_t>(rest);
  const auto end = first ? TakeLast<int64_t>(rest) : std::nullopt;
  const auto start = end ? TakeLast<int64_t>(rest) : std::nullopt;
  const auto partition = start ? TakeLast<int32_t>(rest) : std::nullopt;
  if (!partition || rest.empty() || *start >= *end) return std::nullopt;
  return ObjectName{{std::string(rest), {*partition}}, {*start}, {*end}, Timestamp::FromMillis(*first)};
}

DateHour RowHour(Timestamp timestamp, Timestamp received_at) {
  const int64_t ahead = timestamp.micros - received_at.micros;
  const bool plausible = ahead >= -24 * kHourMicros && ahead <= kHourMicros;
  return ToDateHour(plausible ? timestamp : received_at);
}

}  // namespace ntsp::archive
