#include "archive/position_search.h"

#include <algorithm>

namespace ntsp::archive {

void PositionSearch::SetFirst(Offset offset, Timestamp timestamp) {
  first_ = First{offset, timestamp};
}

std::optional<Timestamp> PositionSearch::first_timestamp() const {
  if (!first_) return std::nullopt;
  return first_->timestamp;
}

void PositionSearch::SetObjects(std::vector<ObjectName> objects, Offset high) {
  std::erase_if(objects, [&](const ObjectName& object) {
    const bool older_topic =
        object.start >= first_->offset && object.first.Millis() < first_->timestamp.Millis();
    return object.end <= first_->offset || object.end > high || older_topic;
  });
  std::sort(objects.begin(), objects.end(),
            [](const ObjectName& a, const ObjectName& b) { return a.end < b.end; });
  candidates_ = std::move(objects);
  Decide();
}

std::optional<Offset> PositionSearch::check_at() const {
  if (start_ || candidates_.empty()) return std::nullopt;
  return candidates_.back().start;
}

bool PositionSearch::Check(Offset offset, Timestamp timestamp) {
  if (offset < candidates_.back().start) return false;
  if (timestamp.Millis() == candidates_.back().first.Millis()) {
    start_ = candidates_.back().start;
    redo_end_ = candidates_.back().end;
    found_ = true;
  } else {
    candidates_.pop_back();
    Decide();
  }
  return true;
}

void PositionSearch::Decide() {
  if (candidates_.empty()) {
    start_ = first_->offset;
    return;
  }
  // The first message of this object is gone, so there is nothing to check it by; but it ends inside the log.
  if (candidates_.back().start < first_->offset) {
    start_ = candidates_.back().end;
    found_ = true;
  }
}

}  // namespace ntsp::archive
