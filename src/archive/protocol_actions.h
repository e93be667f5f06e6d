// What the archive protocol of one partition asks its worker to do, in this order.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "archive/object_key.h"
#include "base/result.h"
#include "base/types.h"

namespace ntsp::archive {

// Why a window ended where it did.
enum class CloseCause { kBytes, kAge, kMemory, kShutdown, kRedo };

// The messages [start, end) and the timestamp of the first of them.
struct WindowRange {
  Offset start, end;
  Timestamp first;

  bool operator==(const WindowRange&) const = default;
};

namespace action {

// Commit, then tell CommitEnded. Nothing else may be told to the protocol in between.
struct Commit {
  Offset offset;
  std::string metadata;
  bool ends;   // says that a window is done
  bool plans;  // says what the next one will be
};
// Close the open window, put its objects, then tell Uploaded. `keep_existing`: some of its messages are gone
// from the log, so an object that is there already is better than what could be written now.
struct Upload {
  WindowRange range;
  CloseCause cause;
  bool keep_existing;
};
// The window is archived and committed.
struct Done {
  WindowRange range;
};
// Forget the rows of all windows; uploads that run may go on or stop.
struct Drop {};
struct Pause {};
struct Resume {};
struct Seek {
  Offset to;
};
// Ask the group coordinator, then tell CommittedRead; nothing, if it does not answer.
struct AskCommitted {};
// List the objects of this partition, then tell ObjectsFound. `since`: no older rows matter; absent: all may.
struct FindObjects {
  std::optional<Timestamp> since;
};
// Close the consumer without any other commit, and open a new one.
struct Rejoin {};
// For people: messages [from, to) are gone from the log and were not archived (or nobody knows).
struct ReportLost {
  Offset from, to;
};
// For people: the group's offset was gone; objects in the store say that the archive had come to here.
struct ReportFound {
  Offset at;
};
// For people: the log is shorter than what was committed, so it is not the log that was archived.
struct ReportReplaced {
  Offset committed, high;
};
// Nothing can go on until a person changes something.
struct Fail {
  Error error;
};

}  // namespace action

using Action =
    std::variant<action::Commit, action::Upload, action::Done, action::Drop, action::Pause, action::Resume,
                 action::Seek, action::AskCommitted, action::FindObjects, action::Rejoin, action::ReportLost,
                 action::ReportFound, action::ReportReplaced, action::Fail>;
using Actions = std::vector<Action>;

}  // namespace ntsp::archive
