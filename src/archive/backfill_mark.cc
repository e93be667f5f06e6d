#include "archive/backfill_mark.h"

#include <algorithm>
#include <charconv>

namespace ntsp::archive {
namespace {

constexpr std::string_view kBegin = "ntsp-backfill1;f=";

}  // namespace

std::string FormatBackfillMark(const BackfillMark& mark) {
  std::string text = std::string(kBegin) + std::to_string(mark.from.value);
  if (mark.plan) text += ";" + FormatPlan(*mark.plan);
  return text;
}

Result<std::optional<BackfillMark>> ParseBackfillMark(Offset next, std::string_view text) {
  if (text.empty()) return std::optional<BackfillMark>();
  BackfillMark mark{.from = {}, .next = next, .plan = {}};
  const std::string_view rest = text.substr(std::min(kBegin.size(), text.size()));
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), mark.from.value);
  const auto tail = static_cast<size_t>(end - rest.data());
  if (!text.starts_with(kBegin) || error != std::errc() || (tail < rest.size() && rest[tail] != ';')) {
    return Stop("the backfill's mark '" + std::string(text) + "' is not of this version of ntsp");
  }
  if (tail < rest.size()) {
    NTSP_ASSIGN(mark.plan, ParsePlan(rest.substr(tail + 1)));
  }
  return std::optional(std::move(mark));
}

}  // namespace ntsp::archive
