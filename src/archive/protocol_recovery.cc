// The protocol's answers to a log or a group that has lost something: retention, deleted offsets, recreated
// topics.
#include <algorithm>

#include "archive/protocol.h"

namespace ntsp::archive {

void Protocol::OutOfRange(Offset low, Offset high, Instant now, Actions& out) {
  if (!assigned_) return;
  if (search_) return RestartSearch(low, out);
  if (open_.next > high) {
    // Not retention: the topic was made anew, or lost its end with a broker.
    out.push_back(action::ReportReplaced{open_.next, high});
    out.push_back(action::Drop{});
    return RestartSearch(low, out);
  }
  if (open_.next < low) SkipLost(low, now, out);
  out.push_back(action::Seek{open_.next});
}

void Protocol::SkipLost(Offset low, Instant now, Actions& out) {
  out.push_back(action::ReportLost{open_.next, low});
  if (redo_end_) {
    // Some objects of the planned window may be stored already, whole, under a name that the lost messages
    // shaped.
    keep_existing_ = finding_ = true;
    out.push_back(action::FindObjects{std::nullopt});
  } else if (open_.empty()) {
    open_.start = low;  // I1: the low watermark takes the place of the last window's end
  }
  open_.next = low;
  Advance(now, out);
}

void Protocol::RestartSearch(Offset low, Actions& out) {
  open_ = Open{};
  redo_end_.reset();
  uploading_.reset();
  ask_at_.reset();
  uploaded_ = keep_existing_ = finding_ = flush_ = false;
  search_.emplace();
  out.push_back(action::Seek{low});
  UpdatePause(out);
}

void Protocol::OfferToSearch(Offset offset, Timestamp timestamp, Actions& out) {
  if (finding_) return;
  if (search_->check_at()) {
    if (search_->Check(offset, timestamp)) FollowSearch(out);
    return;
  }
  search_->SetFirst(offset, timestamp);
  finding_ = true;
  UpdatePause(out);
  out.push_back(action::FindObjects{timestamp});
}

void Protocol::ObjectsFound(std::vector<ObjectName> objects, Offset high, Instant now, Actions& out) {
  if (!assigned_ || !finding_) return;
  finding_ = false;
  if (search_) {
    search_->SetObjects(std::move(objects), high);
    FollowSearch(out);
    return;
  }
  TakeNameOfExisting(objects);
  out.push_back(action::Seek{open_.next});
  Advance(now, out);
}

// Goes to the next message to check, or starts.
void Protocol::FollowSearch(Actions& out) {
  if (const auto at = search_->check_at()) {
    out.push_back(action::Seek{*at});
  } else if (const auto start = search_->start()) {
    const std::optional<Offset> redo_end = search_->redo_end();
    if (search_->found()) out.push_back(action::ReportFound{redo_end.value_or(*start)});
    search_.reset();
    BeginAt(*start);
    redo_end_ = redo_end;
    out.push_back(action::Seek{*start});
  }
  UpdatePause(out);
}

void Protocol::TakeNameOfExisting(const std::vector<ObjectName>& objects) {
  std::optional<Timestamp> first;
  for (const ObjectName& object : objects) {
    const bool same = object.start == open_.start && object.end == redo_end_;
    if (same) first = std::max(first.value_or(object.first), object.first);
  }
  if (first) open_.first = first;
}

}  // namespace ntsp::archive
