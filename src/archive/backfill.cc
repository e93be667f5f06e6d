#include "archive/backfill.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/crash_point.h"

namespace ntsp::archive {
namespace {

constexpr int kTries = 6;
constexpr Duration kKeepEvery = std::chrono::seconds(1);
constexpr Duration kFirstPause = std::chrono::seconds(1);  // doubled from try to try

}  // namespace

PartitionBackfill::PartitionBackfill(Options options, Parts parts, std::vector<ArchivedObject> objects,
                                     Offset archived, std::optional<BackfillMark> mark)
    : options_(std::move(options)),
      parts_(std::move(parts)),
      objects_(std::move(objects)),
      archived_(archived),
      mark_(std::move(mark)) {}

Result<BackfillReport> PartitionBackfill::Run() {
  NTSP_TRY(AskRange());
  if (mark_ && mark_->plan) NTSP_TRY(FinishPlan());
  if (report_.interrupted) return report_;
  Offset at = report_.from;
  if (mark_ && mark_->from == report_.from && mark_->next > at) {
    at = mark_->next;
    report_.resumed = true;
  }
  if (at >= report_.to) return report_;
  NTSP_ASSIGN(const auto windows, Windows());
  for (const BackfillPiece& piece : BackfillPieces(at, report_.to, windows)) {
    if (report_.interrupted) break;
    NTSP_TRY(Do(piece));
  }
  if (passed_) NTSP_TRY(Keep(*passed_, std::nullopt));
  return report_;
}

// ---- what is to be done

Result<Offset> PartitionBackfill::Resolve(const Bound& bound, Offset otherwise,
                                          const kafka::PartitionState& limits) {
  if (const auto* offset = std::get_if<Offset>(&bound)) return *offset;
  const auto* time = std::get_if<Timestamp>(&bound);
  if (time == nullptr) return otherwise;
  NTSP_ASSIGN(const auto first, parts_.log.FirstAt(options_.partition, *time));
  return first.value_or(limits.high);
}

Result<void> PartitionBackfill::AskRange() {
  NTSP_ASSIGN(const kafka::PartitionState limits, parts_.log.Limits(options_.partition));
  low_ = limits.low;
  NTSP_ASSIGN(const Offset from, Resolve(options_.from, limits.low, limits));
  NTSP_ASSIGN(const Offset to, Resolve(options_.to, archived_, limits));
  // A position from before the topic was made anew lies beyond it.
  report_.to = std::min({to, archived_, limits.high});
  report_.from = std::min(std::max(from, limits.low), std::max(report_.to, limits.low));
  return {};
}

// The windows that the range meets, without those of an earlier topic of the same name.
Result<std::vector<BackfillPiece>> PartitionBackfill::Windows() {
  Offset begin = report_.from, end = report_.to;
  std::erase_if(objects_, [&](const ArchivedObject& object) {
    return object.name.end <= report_.from || object.name.start >= report_.to;
  });
  for (const ArchivedObject& object : objects_) {
    if (object.name.start >= low_) begin = std::min(begin, object.name.start);
    end = std::max(end, std::min(object.name.end, archived_));
  }
  NamedWindows named({options_.partition, low_, begin, archived_}, objects_);
  NTSP_TRY(
      parts_.log.Read(options_.partition, begin, end, [&](const kafka::Message& message) -> Result<void> {
        named.Saw(message.offset, message.timestamp);
        return {};
      }));
  Differences differences(1);
  named.Judge(differences);
  if (differences.total() > 0) {
    return Stop(
        ToString(options_.partition) +
        ": the objects' names do not agree with each other, so nothing is written; see `ntsp verify`. " +
        differences.Text());
  }
  std::vector<BackfillPiece> windows;
  for (const NamedWindow& window : named.windows()) {
    if (!window.earlier) windows.push_back({window.start, window.end, true});
  }
  return windows;
}

// ---- doing it

// I3: it was made by a call that died, and some of its objects may be stored.
Result<void> PartitionBackfill::FinishPlan() {
  const Plan plan = *mark_->plan;
  NTSP_TRY(CheckLayout(plan.layout, options_.layout));
  NTSP_ASSIGN(Read read, ReadRows(mark_->next, plan.end, std::nullopt));
  if (report_.interrupted) return {};
  NTSP_ASSIGN(const bool whole, Keeps(mark_->next));
  if (!whole) {
    return Stop(
        fmt::format("{}: a backfill that did not end had planned [{}, {}), and its messages are gone from "
                    "the topic by now; look at the objects of that name, then delete the group's position",
                    ToString(options_.partition), mark_->next.value, plan.end.value));
  }
  // It has a name now; it had none when the objects were listed, if none of its own was stored.
  if (read.first) objects_.push_back({"", {options_.partition, mark_->next, plan.end, *read.first}});
  NTSP_TRY(Store(std::move(read), mark_->next, plan.end));
  ++report_.windows_new;
  mark_->next = plan.end;
  mark_->plan.reset();
  return parts_.keep(*mark_);
}

Result<void> PartitionBackfill::Do(const BackfillPiece& piece) {
  if (!piece.window) return Fill(piece.start, piece.end);
  NTSP_ASSIGN(Read read, ReadRows(piece.start, piece.end, std::nullopt));
  if (report_.interrupted) return {};
  // What is stored is better than what could be written now. Asked after reading: retention may come in
  // between.
  NTSP_ASSIGN(const bool whole, Keeps(piece.start));
  if (!whole) {
    ++report_.windows_kept;
    return Passed(piece.end);
  }
  NTSP_TRY(Store(std::move(read), piece.start, piece.end));
  ++report_.windows_again;
  return Passed(piece.end);
}

Result<void> PartitionBackfill::Fill(Offset start, Offset end) {
  while (start < end) {
    NTSP_ASSIGN(Read read, ReadRows(start, end, options_.max_bytes));
    if (report_.interrupted) return {};
    const Offset window_end = read.full ? read.next : end;
    if (read.first) {
      MaybeCrash(CrashPoint::kBeforePlan);
      NTSP_TRY(Keep(start, Plan{window_end, options_.layout.Text()}));  // I2
      MaybeCrash(CrashPoint::kAfterPlan);
      NTSP_TRY(Store(std::move(read), start, window_end));
      MaybeCrash(CrashPoint::kAfterUpload);
      ++report_.windows_new;
    }
    NTSP_TRY(Passed(window_end));
    MaybeCrash(CrashPoint::kAfterDone);
    start = window_end;
  }
  return {};
}

Result<PartitionBackfill::Read> PartitionBackfill::ReadRows(Offset start, Offset end,
                                                            std::optional<uint64_t> max_bytes) {
  Read read{Window(options_.layout.table, options_.partition, parts_.make_file), std::nullopt, start};
  const auto visit = [&](const kafka::Message& message) -> Result<void> {
    report_.interrupted = parts_.stopping();
    if (report_.interrupted) return Reject("asked to stop");
    if (!read.first) read.first = message.timestamp;
    Result<void> appended;
    const auto append = [&](const Record& record) {
      if (appended) appended = read.window.Append(record);
    };
    if (!message.value || !reader_.Read(options_.layout.table, *message.value, append)) {
      ++report_.unreadable_messages;
    }
    NTSP_TRY(appended);
    read.next = Next(message.offset);
    read.full = max_bytes && read.window.encoded_bytes() >= *max_bytes;
    return read.full ? Reject("the window is full") : Result<void>();
  };
  const auto done = parts_.log.Read(options_.partition, start, end, visit);
  if (!done && !read.full && !report_.interrupted) return Failure(done.error());
  return read;
}

Result<bool> PartitionBackfill::Keeps(Offset offset) {
  NTSP_ASSIGN(const kafka::PartitionState limits, parts_.log.Limits(options_.partition));
  return offset >= limits.low;
}

Result<void> PartitionBackfill::Store(Read read, Offset start, Offset end) {
  if (!read.first) return {};
  NTSP_ASSIGN(const auto objects, std::move(read.window).Finish(options_.prefix, {start, end, *read.first}));
  for (const Object& object : objects) {
    NTSP_TRY(Put(object));
    ++report_.objects;
    report_.rows += object.rows;
  }
  return {};
}

Result<void> PartitionBackfill::Put(const Object& object) {
  Result<void> put = parts_.store.Put(object.key, object.bytes);
  for (int tries = 1; !put && tries < kTries && !parts_.stopping(); ++tries) {
    parts_.pause(kFirstPause * (1 << (tries - 1)));
    put = parts_.store.Put(object.key, object.bytes);
  }
  return put;
}

// That is only to spare a later call some work, so it need not be kept each time: it costs a transaction.
Result<void> PartitionBackfill::Passed(Offset next) {
  passed_ = next;
  const SystemClock clock;
  if (clock.Now() - kept_ < kKeepEvery) return {};
  return Keep(next, std::nullopt);
}

Result<void> PartitionBackfill::Keep(Offset next, std::optional<Plan> plan) {
  passed_.reset();
  kept_ = SystemClock().Now();
  return parts_.keep({report_.from, next, std::move(plan)});
}

}  // namespace ntsp::archive
