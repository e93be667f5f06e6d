#include "archive/layout.h"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

namespace ntsp::archive {
namespace {

// To be changed with any change of the object key, of RowHour or of the meaning of a record's columns.
constexpr std::string_view kRules = "dt-hour;clamp -24h +1h;records 1";

constexpr size_t kPlaceDigits = 8, kTableDigits = 4, kRulesDigits = 4;
constexpr size_t kDigits = kPlaceDigits + kTableDigits + kRulesDigits;

// FNV-1a: short, fixed for ever, and nobody attacks it here.
uint64_t Hash(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::string Digits(std::string_view text, size_t count) {
  return fmt::format("{:016x}", Hash(text)).substr(0, count);
}

}  // namespace

std::string Layout::Text() const {
  return Digits(store_uri + "\n" + prefix, kPlaceDigits) + Digits(TableName(table), kTableDigits) +
         Digits(kRules, kRulesDigits);
}

Result<void> CheckLayout(std::string_view planned, const Layout& now) {
  const std::string text = now.Text();
  if (planned == text) return {};
  const std::string_view current = text;
  const auto differs = [&](size_t at, size_t count) {
    return planned.size() != kDigits || planned.substr(at, count) != current.substr(at, count);
  };
  std::vector<std::string> what;
  if (differs(0, kPlaceDigits)) {
    what.push_back(
        fmt::format("where objects go (AWS_S3_BUCKET and S3_PREFIX, or ARCHIVE_URI; now {} with prefix '{}')",
                    now.store_uri, now.prefix));
  }
  if (differs(kPlaceDigits, kTableDigits)) {
    what.push_back(fmt::format("which table the topic holds (KAFKA_*_TOPIC; now {})", TableName(now.table)));
  }
  if (differs(kPlaceDigits + kTableDigits, kRulesDigits)) {
    what.push_back("the version of ntsp (its object keys or records have another form)");
  }
  return Stop(fmt::format(
      "a window that was planned before the last stop must be finished with the settings of that time, or "
      "its rows "
      "would be archived twice; what differs: {}. Start once with the old settings, then change them",
      fmt::join(what, "; ")));
}

}  // namespace ntsp::archive
