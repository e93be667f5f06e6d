// The archive protocol of one topic-partition (docs/exactly-once.md), as pure code: events in, actions out,
// no I/O and no clock of its own. What is committed is an offset S and, beside it, nothing or the plan to
// write exactly [S, E):
//
//   fill [S, …) → commit (S, plan E) → upload [S, E) → commit (E, none)
//
// The next window fills while one is uploaded; if it is full by then, the last commit carries its plan. A new
// owner that finds a plan carries out exactly it (redo). Invariants:
//   I1 windows are contiguous          I2 nothing is put before its plan is committed
//   I3 a committed plan is final       I4 done only after every object of the window is stored
//   I5 the rows of [S, E) are a function of the log
//   I6 only the partition's owner in the current generation commits
//   I7 a commit of unknown outcome is the last one of its generation
// I5 is kept by Window and RowHour, I6 by Worker; the others here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/layout.h"
#include "archive/position_search.h"
#include "archive/protocol_actions.h"
#include "base/clock.h"
#include "kafka/consumer.h"

namespace ntsp::archive {

// What the group coordinator keeps of a partition.
struct Committed {
  std::optional<Offset> offset;
  std::string metadata;

  bool operator==(const Committed&) const = default;
};

// Each event appends its actions to `out`; they are carried out in order before the next event.
class Protocol {
 public:
  struct Options {
    uint64_t max_bytes = 64 << 20;  // encoded, of one window
    Duration max_age = std::chrono::seconds(300);
    Duration retry_after = std::chrono::seconds(1);  // after a refused commit
    Layout layout;
  };

  explicit Protocol(Options options) : options_(std::move(options)) {}

  // The partition is ours from now on; whatever was before is forgotten. Asks for Fail at most.
  void Assigned(const Committed& committed, Actions& out);
  // It is not ours any more.
  void Revoked(Actions& out);

  // The next message. True: it belongs to the window that is open now; there are no actions, and Appended
  // follows. False: skip it.
  bool Offer(Offset offset, Timestamp timestamp, Instant now, Actions& out);
  // The message's rows are in; the open window now has this many encoded bytes.
  void Appended(uint64_t window_bytes, Instant now, Actions& out);

  void Tick(Instant now, Actions& out);
  // Close the open window early. REQUIRES: CanFlush().
  void Flush(Instant now, Actions& out);
  bool CanFlush() const;
  // Memory is short: read nothing more until it is not.
  void Pressure(bool on, Instant now, Actions& out);
  // The open window is under a plan: it cannot be closed early, and waits for room like others.
  bool redoing() const { return redo_end_.has_value(); }
  // Forget the rows of such a window, to read them again later. REQUIRES: CanGiveBack().
  void GiveBack(Actions& out);
  bool CanGiveBack() const;
  // Read nothing more, close what is open. Settled() says when all that can be done is done.
  void Shutdown(Instant now, Actions& out);
  bool Settled() const;

  void Uploaded(Instant now, Actions& out);
  void CommitEnded(kafka::CommitOutcome outcome, Instant now, Actions& out);
  void CommittedRead(const Committed& committed, Instant now, Actions& out);
  // The log has no message at the position any more: it holds [low, high).
  void OutOfRange(Offset low, Offset high, Instant now, Actions& out);
  void ObjectsFound(std::vector<ObjectName> objects, Offset high, Instant now, Actions& out);

  // Something has to be done, also if no message comes any more.
  bool HasToAct(Instant now) const;
  // Where reading goes on; absent: at the beginning of the log.
  std::optional<Offset> position() const;
  // Up to here everything is archived and committed; absent: not known yet.
  std::optional<Offset> archived() const;
  // The Kafka timestamp of the oldest message that is held and not archived yet; absent: there is none.
  std::optional<Timestamp> oldest() const;

 private:
  struct Open {
    Offset start, next;  // holds [start, next)
    std::optional<Timestamp> first;
    Instant since{};  // when the first message came; meaningful with `first`
    uint64_t bytes = 0;

    bool empty() const { return !first.has_value(); }
  };
  struct PendingCommit {
    Committed value;
    std::optional<CloseCause> plans;  // the open window, for this cause
  };

  void BeginAt(Offset start);
  void CloseIncompleteRedo(Instant now, Actions& out);
  void Advance(Instant now, Actions& out);
  std::optional<CloseCause> Due(Instant now) const;
  void Redo(Actions& out);
  void CommitPlan(CloseCause cause, Actions& out);
  void CommitDone(Instant now, Actions& out);
  void SendCommit(Committed value, std::optional<CloseCause> plans, Actions& out);
  void StartUpload(Offset end, CloseCause cause, Actions& out);
  void OfferToSearch(Offset offset, Timestamp timestamp, Actions& out);
  void FollowSearch(Actions& out);
  void RestartSearch(Offset low, Actions& out);
  void SkipLost(Offset low, Instant now, Actions& out);
  void TakeNameOfExisting(const std::vector<ObjectName>& objects);
  bool WantsPause() const;
  void UpdatePause(Actions& out);

  Options options_;
  bool assigned_ = false;
  Committed committed_;                   // as last heard from the broker
  std::optional<PositionSearch> search_;  // while nothing is committed and the start is not known
  Open open_;
  std::optional<Offset> redo_end_;  // the open window is under a plan (I3) and ends here
  bool keep_existing_ = false;      // redo of a window whose messages are partly gone
  bool finding_ = false;            // FindObjects is not answered yet
  std::optional<WindowRange> uploading_;
  bool uploaded_ = false;
  std::optional<PendingCommit> commit_;  // sent, not answered
  std::optional<Instant> ask_at_;        // after a refused commit
  bool flush_ = false, pressure_ = false, shutdown_ = false;
  std::optional<bool> paused_;  // absent: a new assignment, nobody was told yet
};

}  // namespace ntsp::archive
