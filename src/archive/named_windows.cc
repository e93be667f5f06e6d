#include "archive/named_windows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace ntsp::archive {

NamedWindows::NamedWindows(Log log, const std::vector<ArchivedObject>& objects) : log_(std::move(log)) {
  std::map<std::tuple<Offset, Offset, Timestamp>, NamedWindow> windows;
  for (size_t i = 0; i < objects.size(); ++i) {
    const ObjectName& name = objects[i].name;
    if (name.start >= log_.archived) {
      ++ahead_;
      continue;
    }
    NamedWindow& window = windows[{name.start, name.end, name.first}];
    window.start = name.start, window.end = name.end, window.first = name.first;
    window.objects.push_back(i);
  }
  for (auto& [key, window] : windows) windows_.push_back(std::move(window));
}

void NamedWindows::Saw(Offset offset, Timestamp timestamp) {
  while (next_ < windows_.size() && windows_[next_].start <= offset) {
    NamedWindow& window = windows_[next_++];
    if (offset < window.end) window.seen = timestamp;
  }
}

void NamedWindows::MarkEarlier() {
  for (NamedWindow& window : windows_) {
    // The first message of the others is not known (any more).
    if (window.start < log_.from) continue;
    window.earlier = !window.seen || std::max<int64_t>(0, window.seen->Millis()) != window.first.Millis();
  }
}

std::string NamedWindows::Text(const NamedWindow& window) const {
  return fmt::format("[{}, {})", window.start.value, window.end.value);
}

void NamedWindows::Judge(Differences& differences) {
  MarkEarlier();
  valid_.clear();
  for (const NamedWindow& window : windows_) {
    if (window.earlier) continue;
    const NamedWindow* const last = valid_.empty() ? nullptr : valid_.back();
    const std::string where = ToString(log_.partition) + ": ";
    if (last != nullptr && window.start < last->end) {
      // Below the log's beginning only the times can tell an earlier topic: its windows are older than those
      // that stand before them.
      if (window.first < last->first && window.end <= log_.low) continue;
      differences.Add(Difference::kOverlap, where + Text(*last) + " and " + Text(window));
    } else if (last != nullptr && last->end < window.start && last->end < log_.low) {
      differences.Add(
          Difference::kGap,
          fmt::format("{}no object covers [{}, {}), and the topic begins at {} now: what was there is gone",
                      where, last->end.value, window.start.value, log_.low.value));
    }
    valid_.push_back(&window);
  }
  if (!valid_.empty() && valid_.back()->end > log_.archived) {
    differences.Add(Difference::kOverlap,
                    fmt::format("{}: {} goes beyond {}, the group's position", ToString(log_.partition),
                                Text(*valid_.back()), log_.archived.value));
  }
}

size_t NamedWindows::After(Offset offset) const {
  const auto after = std::upper_bound(valid_.begin(), valid_.end(), offset,
                                      [](Offset o, const NamedWindow* window) { return o < window->start; });
  return static_cast<size_t>(after - valid_.begin());
}

const NamedWindow* NamedWindows::Find(Offset offset) const {
  const size_t after = After(offset);
  return after > 0 && offset < valid_[after - 1]->end ? valid_[after - 1] : nullptr;
}

std::pair<Offset, Offset> NamedWindows::Between(Offset offset) const {
  const size_t after = After(offset);
  return {after > 0 ? std::max(log_.from, valid_[after - 1]->end) : log_.from,
          after < valid_.size() ? std::min(log_.archived, valid_[after]->start) : log_.archived};
}

}  // namespace ntsp::archive
