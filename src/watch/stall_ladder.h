// Decides when a partition is stuck, and what to do about it. kafka::Watchdog sees one call that does not
// return; this sees a loop that turns while a partition gets nowhere. Each rung is climbed after another
// `limit` without progress:
//
//   there is work and no progress → join the group anew → give the process up
//
// Pure: no clock, no network. Before a rung the caller has to ask the broker (Asked): it tells whether there
// is work that the client does not see, and where no broker answers, nothing is stuck.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/time.h"
#include "base/types.h"

namespace ntsp::watch {

// How a partition stands, as its worker sees it.
struct Standing {
  TopicPartition partition = {};
  std::optional<Offset> read_to =
      std::nullopt;  // all before it was read, or nobody will ever read it; absent: not known yet
  std::optional<Offset> settled = std::nullopt;  // all before it is done with: committed, archived
  // Where the log begins and ends, as far as the client knows.
  std::optional<Offset> low = std::nullopt, high = std::nullopt;
  bool due = false;      // something has to be done even if nothing more comes
  bool waits = false;    // for something outside that is known to be away: no time is counted
  bool failing = false;  // what fails is told elsewhere: joining anew may help, dying would not
  // The Kafka timestamp of the oldest message that was read and is not settled.
  std::optional<Timestamp> oldest = std::nullopt;
};

enum class Rung { kNone, kRejoin, kDead };

// What to do now, because of which partition, and for how long that has not moved.
struct Verdict {
  Rung rung = Rung::kNone;
  TopicPartition partition = {};
  Duration stuck = {};
};

// One for each worker. Not thread-safe.
class StallLadder {
 public:
  // Zero: never does anything.
  explicit StallLadder(Duration limit) : limit_(limit) {}

  // All partitions that the worker has now. `member`: its group has told it which, so what is not among them
  // is somebody else's.
  void Look(const std::vector<Standing>& standings, bool member, Instant now);

  // A partition that has to be asked about before anything is decided: where does its log end?
  std::optional<TopicPartition> ToAsk() const;
  // The answer for that partition; absent: nobody answered.
  Verdict Asked(const TopicPartition& partition, std::optional<Offset> high, Instant now);

  // It moves, or has nothing to do.
  bool Well(const TopicPartition& partition) const;

 private:
  struct Entry {
    std::optional<Offset> read_to, settled, high;  // the furthest ever
    bool work = false, failing = false;
    bool ours = false;             // at the last look
    Duration still{};              // without progress since the last rung, or the last question
    std::optional<Instant> since;  // when the time without progress began, all rungs together
    Rung rung = Rung::kNone;       // the last one
  };

  void Update(Entry& entry, const Standing& standing, Duration passed, Instant now);
  static bool Moved(Entry& entry, const Standing& standing);
  static bool Unread(const Entry& entry);
  Verdict Climb(const TopicPartition& partition, Entry& entry, Instant now);

  Duration limit_;
  std::map<TopicPartition, Entry> entries_;
  std::optional<Instant> looked_;
};

}  // namespace ntsp::watch
