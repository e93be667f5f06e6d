// Archives a range of one partition of a table's topic once more. What is there is overwritten by the same
// rows under the same names; what is missing is filled.
//
//   windows that names tell   → each is written again, whole, exactly as named
//   gaps between them         → new windows, which touch them and each other: planned, then stored
//
// Only what lies below the archive group's position is touched: there the archive itself never begins a
// window again, so both may run side by side. I2 and I3 of protocol.h hold: a new window's end is committed,
// in the backfill's own group, before its first object is put, and whoever finds that plan carries it out. A
// plan has one writer: the owner of the transactional id.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "archive/backfill_mark.h"
#include "archive/backfill_pieces.h"
#include "archive/file_builder.h"
#include "archive/layout.h"
#include "archive/named_windows.h"
#include "archive/object_store.h"
#include "archive/window.h"
#include "base/clock.h"
#include "base/result.h"
#include "kafka/log_reader.h"
#include "model/record_reader.h"

namespace ntsp::archive {

struct BackfillReport {
  Offset from, to;             // what was asked for and can be done
  uint64_t windows_again = 0;  // existed, and were written again
  uint64_t windows_new = 0;    // fill gaps
  uint64_t windows_kept = 0;   // left alone: the topic does not keep all their messages any more
  uint64_t objects = 0, rows = 0;
  uint64_t unreadable_messages = 0;
  bool resumed = false;      // an earlier call had done a part
  bool interrupted = false;  // asked to stop
};

class PartitionBackfill {
 public:
  using Bound = std::variant<std::monostate, Offset, Timestamp>;  // monostate: as far as there is anything
  struct Options {
    TopicPartition partition;
    std::string prefix;  // of the object keys
    Layout layout;
    Bound from, to;                 // [from, to)
    uint64_t max_bytes = 64 << 20;  // encoded, of a new window
  };
  struct Parts {
    kafka::LogReader& log;
    ObjectStore& store;
    FileBuilderFactory make_file;
    // Keeps the mark for good, or fails: kStop if another backfill of the group has taken over.
    std::function<Result<void>(const BackfillMark&)> keep;
    std::function<bool()> stopping;
    std::function<void(Duration)> pause;
  };

  // `archived`: the position of the archive's group, asked for before `objects` were listed.
  PartitionBackfill(Options options, Parts parts, std::vector<ArchivedObject> objects, Offset archived,
                    std::optional<BackfillMark> mark);

  // Once. kStop: it cannot be done, and says why.
  Result<BackfillReport> Run();

 private:
  struct Read {
    Window window;
    std::optional<Timestamp> first;
    Offset next;  // behind the last message
    bool full = false;
  };

  Result<Offset> Resolve(const Bound& bound, Offset otherwise, const kafka::PartitionState& limits);
  Result<void> AskRange();
  Result<std::vector<BackfillPiece>> Windows();
  Result<void> FinishPlan();
  Result<void> Do(const BackfillPiece& piece);
  Result<void> Fill(Offset start, Offset end);
  Result<Read> ReadRows(Offset start, Offset end, std::optional<uint64_t> max_bytes);
  // Whether the topic still has everything from there on.
  Result<bool> Keeps(Offset offset);
  Result<void> Store(Read read, Offset start, Offset end);
  Result<void> Put(const Object& object);
  Result<void> Passed(Offset next);
  Result<void> Keep(Offset next, std::optional<Plan> plan);

  const Options options_;
  const Parts parts_;
  std::vector<ArchivedObject> objects_;
  const Offset archived_;
  std::optional<BackfillMark> mark_;
  Offset low_;
  std::optional<Offset> passed_;  // done, and not kept yet
  Instant kept_{};
  BackfillReport report_;
  RecordReader reader_;
};

}  // namespace ntsp::archive
