#include "archive/plan.h"

#include <charconv>

namespace ntsp::archive {
namespace {

constexpr std::string_view kVersion = "ntsp1;";

bool Skip(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<Offset> TakeOffset(std::string_view& text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return Offset{value};
}

bool IsLayout(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string Quoted(std::string_view metadata) {
  return "'" + std::string(metadata.substr(0, 100)) + "'";
}

}  // namespace

std::string FormatPlan(const Plan& plan) {
  return std::string(kVersion) + "e=" + std::to_string(plan.end.value) + ";l=" + plan.layout;
}

Result<std::optional<Plan>> ParsePlan(std::string_view metadata) {
  if (metadata.empty()) return std::optional<Plan>();
  std::string_view rest = metadata;
  if (!Skip(rest, kVersion)) {
    return Stop(
        "the committed offset carries the note " + Quoted(metadata) +
        ", which this version of ntsp does not know: another program uses this consumer group, or a newer "
        "ntsp planned a window; start that version, or give the archive a consumer group of its own");
  }
  const auto end = Skip(rest, "e=") ? TakeOffset(rest) : std::nullopt;
  if (!end || !Skip(rest, ";l=") || !IsLayout(rest)) {
    return Stop("the archive's plan " + Quoted(metadata) +
                " beside the committed offset is damaged; it should be ntsp1;e=<end>;l=<layout>");
  }
  return std::optional<Plan>(Plan{*end, std::string(rest)});
}

}  // namespace ntsp::archive
