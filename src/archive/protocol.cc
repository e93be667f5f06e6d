#include "archive/protocol.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "archive/plan.h"

namespace ntsp::archive {

using kafka::CommitOutcome;

// ---- assignment

void Protocol::Assigned(const Committed& committed, Actions& out) {
  const bool pressure = pressure_, shutdown = shutdown_;
  *this = Protocol(options_);
  pressure_ = pressure;
  shutdown_ = shutdown;
  committed_ = committed;
  auto plan = ParsePlan(committed.metadata);
  if (plan && *plan) {
    if (auto same = CheckLayout((*plan)->layout, options_.layout); !same) plan = Failure(same.error());
  }
  if (plan && *plan && committed.offset && (*plan)->end <= *committed.offset) {
    plan = Stop("the archive's plan '" + committed.metadata +
                "' ends before it begins, at committed offset " + std::to_string(committed.offset->value));
  }
  if (!plan) return out.push_back(action::Fail{plan.error()});
  assigned_ = true;
  if (!committed.offset) {
    search_.emplace();
    return;
  }
  BeginAt(*committed.offset);
  // I3: the plan is carried out to the letter, whoever made it.
  if (*plan) redo_end_ = (*plan)->end;
}

void Protocol::Revoked(Actions& out) {
  // I6: nothing is committed from here on; the next owner does what is left.
  *this = Protocol(options_);
  out.push_back(action::Drop{});
}

void Protocol::BeginAt(Offset start) {
  open_ = Open{};
  open_.start = open_.next = start;
}

// ---- filling

bool Protocol::Offer(Offset offset, Timestamp timestamp, Instant now, Actions& out) {
  assert(!commit_);
  if (!assigned_) return false;
  if (search_) {
    OfferToSearch(offset, timestamp, out);
    return false;
  }
  if (offset < open_.next) return false;  // was fetched before a seek
  if (finding_) return false;             // is read again when the objects are known
  if (redo_end_ && offset >= *redo_end_) {
    CloseIncompleteRedo(now, out);
    return false;
  }
  if (open_.empty()) {
    open_.first = timestamp;
    open_.since = now;
  }
  open_.next = Next(offset);
  return true;
}

// The plan's last message was a real one when the plan was made, so it has been deleted since.
void Protocol::CloseIncompleteRedo(Instant now, Actions& out) {
  out.push_back(action::ReportLost{open_.next, *redo_end_});
  open_.next = *redo_end_;
  out.push_back(action::Seek{open_.next});
  Advance(now, out);
}

void Protocol::Appended(uint64_t window_bytes, Instant now, Actions& out) {
  open_.bytes = window_bytes;
  Advance(now, out);
}

void Protocol::Tick(Instant now, Actions& out) {
  if (ask_at_ && now >= *ask_at_) {
    ask_at_ = now + options_.retry_after;
    out.push_back(action::AskCommitted{});
    return;
  }
  Advance(now, out);
}

bool Protocol::CanFlush() const {
  return assigned_ && !search_ && !uploading_ && !redo_end_ && !ask_at_ && !open_.empty();
}

void Protocol::Flush(Instant now, Actions& out) {
  flush_ = true;
  Advance(now, out);
}

void Protocol::Pressure(bool on, Instant now, Actions& out) {
  pressure_ = on;
  Advance(now, out);
}

bool Protocol::CanGiveBack() const {
  // Where messages are gone from the log, what was read is not found again.
  return assigned_ && redo_end_ && !open_.empty() && !commit_ && !keep_existing_ && !finding_;
}

void Protocol::GiveBack(Actions& out) {
  BeginAt(open_.start);  // I3: the plan stands
  out.push_back(action::Drop{});
  out.push_back(action::Seek{open_.next});
}

void Protocol::Shutdown(Instant now, Actions& out) {
  shutdown_ = true;
  Advance(now, out);
}

bool Protocol::Settled() const {
  if (!assigned_ || search_) return true;
  // What is left of a redo cannot be done without reading on; the next start does it.
  return !uploading_ && !commit_ && !ask_at_ && (redo_end_ || open_.empty());
}

// ---- plan, upload, done

// The one place that decides what comes next; called after every event.
void Protocol::Advance(Instant now, Actions& out) {
  if (assigned_ && !search_ && !commit_ && !ask_at_) {
    if (uploading_) {
      if (uploaded_) CommitDone(now, out);
    } else if (redo_end_) {
      if (open_.next >= *redo_end_ && !finding_) Redo(out);
    } else if (const auto cause = Due(now)) {
      CommitPlan(*cause, out);
    }
  }
  UpdatePause(out);
}

void Protocol::Redo(Actions& out) {
  // I2: the plan was committed by whoever made it. One that was forgotten, and found in names, is committed
  // again.
  if (committed_.offset) return StartUpload(*redo_end_, CloseCause::kRedo, out);
  SendCommit({open_.start, FormatPlan({*redo_end_, options_.layout.Text()})}, CloseCause::kRedo, out);
}

std::optional<CloseCause> Protocol::Due(Instant now) const {
  if (open_.empty()) return std::nullopt;
  if (open_.bytes >= options_.max_bytes) return CloseCause::kBytes;
  if (flush_) return CloseCause::kMemory;
  if (shutdown_) return CloseCause::kShutdown;
  // Also when nothing more comes: ticks ask, not messages.
  if (now - open_.since >= options_.max_age) return CloseCause::kAge;
  return std::nullopt;
}

void Protocol::CommitPlan(CloseCause cause, Actions& out) {
  SendCommit({open_.start, FormatPlan({open_.next, options_.layout.Text()})}, cause, out);
}

void Protocol::CommitDone(Instant now, Actions& out) {
  // I4: `uploaded_` is told only when every object of the window is stored.
  assert(uploading_ && uploaded_);
  // I1: the next window starts where this one ends, unless the log does not go back that far.
  assert(open_.start >= uploading_->end);
  const auto cause = Due(now);
  if (cause) return CommitPlan(*cause, out);
  SendCommit({uploading_->end, ""}, std::nullopt, out);
}

void Protocol::SendCommit(Committed value, std::optional<CloseCause> plans, Actions& out) {
  out.push_back(action::Commit{*value.offset, value.metadata, uploading_.has_value(), plans.has_value()});
  commit_ = PendingCommit{std::move(value), plans};
}

void Protocol::CommitEnded(CommitOutcome outcome, Instant now, Actions& out) {
  assert(commit_);
  PendingCommit sent = std::move(*commit_);
  commit_.reset();
  switch (outcome) {
    case CommitOutcome::kCommitted:
      committed_ = std::move(sent.value);
      // While a window is uploaded, only the commit that says it is done is sent.
      if (uploading_) out.push_back(action::Done{*std::exchange(uploading_, std::nullopt)});
      // I2: the plan is acknowledged, so the upload may start. I3: its end is the one that was committed.
      if (sent.plans) StartUpload(redo_end_.value_or(open_.next), *sent.plans, out);
      return UpdatePause(out);
    case CommitOutcome::kRefused:
      // Nothing was stored and nothing moved: ask whether it is still ours to do, then do it again.
      ask_at_ = now + options_.retry_after;
      return UpdatePause(out);
    case CommitOutcome::kUnknown:
      // I7: it may still arrive. Only a new generation makes it harmless.
      assigned_ = false;
      out.push_back(action::Rejoin{});
      return;
  }
}

void Protocol::CommittedRead(const Committed& committed, Instant now, Actions& out) {
  if (!assigned_ || !ask_at_) return;
  ask_at_.reset();
  if (committed == committed_) return Advance(now, out);
  // Somebody else was the owner in between.
  out.push_back(action::Drop{});
  Assigned(committed, out);
  if (const auto at = position()) out.push_back(action::Seek{*at});
  UpdatePause(out);
}

void Protocol::StartUpload(Offset end, CloseCause cause, Actions& out) {
  assert(!uploading_);
  uploading_ = WindowRange{open_.start, end, open_.first.value_or(Timestamp{})};
  uploaded_ = false;
  out.push_back(action::Upload{*uploading_, cause, std::exchange(keep_existing_, false)});
  const Offset next = std::max(end, open_.next);
  BeginAt(end);
  open_.next = next;
  redo_end_.reset();
  flush_ = false;
}

void Protocol::Uploaded(Instant now, Actions& out) {
  if (!uploading_) return;
  uploaded_ = true;
  Advance(now, out);
}

// ---- pausing

bool Protocol::WantsPause() const {
  if (finding_ || shutdown_) return true;
  if (search_) return false;
  // A redo ends where its plan says, however large it gets.
  return pressure_ || (!redo_end_ && open_.bytes >= options_.max_bytes);
}

void Protocol::UpdatePause(Actions& out) {
  const bool pause = WantsPause();
  if (!assigned_ || pause == paused_) return;
  paused_ = pause;
  if (pause) {
    out.push_back(action::Pause{});
  } else {
    out.push_back(action::Resume{});
  }
}

bool Protocol::HasToAct(Instant now) const {
  return search_ || uploading_ || redo_end_ || ask_at_ || finding_ || Due(now).has_value();
}

std::optional<Offset> Protocol::position() const {
  if (search_) return std::nullopt;
  return open_.next;
}

std::optional<Offset> Protocol::archived() const {
  if (search_) return std::nullopt;
  return uploading_ ? uploading_->start : open_.start;
}

std::optional<Timestamp> Protocol::oldest() const {
  if (uploading_) return uploading_->first;
  return open_.first;
}

}  // namespace ntsp::archive
