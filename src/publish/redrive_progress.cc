#include "publish/redrive_progress.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace ntsp::publish {
namespace {

constexpr std::string_view kVersion = "ntsp-redrive1";
// Brokers take 4096 bytes unless told otherwise.
constexpr size_t kLongestText = 4000;

Failure NotOurs(std::string_view text) {
  return Stop("the redrive's group has a text beside its position that this version does not understand (" +
              std::string(text.substr(0, 60)) +
              "); use the version that wrote it, or --from-start to put everything back again");
}

// Takes what stands before `end` off the text; all of it, if there is none.
std::string_view Take(std::string_view& text, char end) {
  const std::string_view part = text.substr(0, text.find(end));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

std::optional<Offset> Number(std::string_view text) {
  Offset number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc() || end != text.data() + text.size() || number.value < 0) return std::nullopt;
  return number;
}

}  // namespace

Result<RedriveProgress> RedriveProgress::Parse(Offset position, std::string_view text) {
  RedriveProgress progress(position);
  if (text.empty()) return progress;
  std::string_view rest = text;
  if (Take(rest, ';') != kVersion) return NotOurs(text);
  while (!rest.empty()) {
    std::string_view ranges = Take(rest, ';');
    const std::string kind(Take(ranges, '='));
    while (!ranges.empty()) {
      std::string_view range = Take(ranges, ',');
      const auto from = Number(Take(range, '-')), to = Number(range);
      if (!from || !to || *from >= *to) return NotOurs(text);
      progress.Add(kind, {*from, *to});
    }
  }
  return progress;
}

bool RedriveProgress::IsDone(const std::string& kind, Offset offset) const {
  if (offset < position_) return true;
  const auto ranges = done_.find(kind);
  return ranges != done_.end() && std::any_of(ranges->second.begin(), ranges->second.end(), [&](Range range) {
           return range.from <= offset && offset < range.to;
         });
}

void RedriveProgress::Done(const std::string& kind, Offset offset) {
  if (left_.empty()) {
    position_ = Next(offset);
    return;
  }
  // Of a kind that had none left, there is nothing between the position and here either.
  const auto [since, first] = since_.emplace(kind, left_.contains(kind) ? offset : position_);
  Add(kind, {since->second, Next(offset)});
}

void RedriveProgress::Leave(const std::string& kind, Offset) {
  left_.insert(kind);
  since_.erase(kind);
}

void RedriveProgress::Add(const std::string& kind, Range range) {
  std::vector<Range>& ranges = done_[kind];
  std::erase_if(ranges, [&](Range other) {
    if (other.to < range.from || range.to < other.from) return false;
    range = {std::min(range.from, other.from), std::max(range.to, other.to)};
    return true;
  });
  ranges.push_back(range);
  std::sort(ranges.begin(), ranges.end(), [](Range a, Range b) { return a.from < b.from; });
}

Result<std::string> RedriveProgress::Text() const {
  std::string text;
  for (const auto& [kind, ranges] : done_) {
    std::string list;
    for (const Range& range : ranges) {
      if (range.to <= position_) continue;
      list +=
          (list.empty() ? "" : ",") + std::to_string(range.from.value) + "-" + std::to_string(range.to.value);
    }
    if (!list.empty()) text += ";" + kind + "=" + list;
  }
  if (text.empty()) return text;
  text.insert(0, kVersion);
  if (text.size() <= kLongestText) return text;
  return Stop(
      "so many separate selections of dead letters were put back that Kafka cannot keep them; put back all "
      "that "
      "is left (without --kind, --since, --until and --offset), which makes one of them");
}

}  // namespace ntsp::publish
