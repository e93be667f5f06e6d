#include "publish/worker.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace ntsp::publish {
namespace {

constexpr size_t kPollMost = 1000;
constexpr std::chrono::milliseconds kPollWait{20};
// While no batch is open nothing becomes due, and a message ends the wait at once.
constexpr std::chrono::milliseconds kIdleWait{100};
constexpr std::chrono::seconds kLagInterval{2};
constexpr std::chrono::seconds kQuietTime{10};
// The group waits for it, and the client asks again by itself: while a killed member's transaction is open
// there is no answer.
constexpr std::chrono::seconds kStoredWait{1};
constexpr std::chrono::seconds kSettleWait{10};

std::vector<TopicPartition> PartitionsOf(const Positions::List& positions) {
  std::vector<TopicPartition> partitions;
  for (const auto& [partition, offset] : positions) partitions.push_back(partition);
  return partitions;
}

// A transaction is all or nothing, so one partition that stayed behind is enough to know.
bool AllStored(const Positions::List& next, const std::vector<kafka::Position>& stored) {
  return std::ranges::all_of(next, [&](const auto& wanted) {
    return std::ranges::any_of(stored, [&](const kafka::Position& position) {
      return position.partition == wanted.first && position.offset && *position.offset >= wanted.second;
    });
  });
}

}  // namespace

Worker::Worker(const Options& options, int number, size_t dead_letter_bytes, const Parts& parts)
    : options_(options),
      number_(number),
      source_(parts.source),
      producer_(parts.producer),
      events_(parts.events),
      clock_(parts.clock),
      status_(parts.status),
      watch_(parts.watch),
      processor_(options, dead_letter_bytes, parts.source, parts.producer, parts.events),
      quarantine_(options.tries_before_isolation) {}

Result<void> Worker::Run(std::stop_token stop) {
  stop_ = std::move(stop);
  watch_.Joining();
  Result<void> result = source_.Subscribe(options_.topics.raw, *this);
  while (result && !stop_.stop_requested()) result = Step();
  if (result && batch_open_) result = Commit();
  batch_open_ = false;  // after a failure nothing may be committed any more, in the callback of Close neither
  source_.Close();
  return result;
}

// poll → process → full or due? commit. Once a batch is aborted the rest of the poll is left: it is read
// again.
Result<void> Worker::Step() {
  producer_.Serve();
  NTSP_ASSIGN(const auto messages, Poll());
  for (const kafka::Message& message : messages) {
    if (rewind_due_) break;
    NTSP_TRY(Publish(message));
    if (Full()) NTSP_TRY(Commit());
  }
  if (Due()) NTSP_TRY(Commit());
  if (rewind_due_) {
    NTSP_TRY(Rewind());
  } else if (!lost_.empty()) {
    NTSP_TRY(GoOnBehindLost());
  }
  ReportLag();
  return Watch();
}

Result<void> Worker::Watch() {
  const bool rejoin =
      watch_.MustRejoin([this](watch::Standing& standing) { Complete(standing); },
                        [this](const TopicPartition& partition) { return source_.Limits(partition); });
  if (!rejoin) return {};
  watch_.Joining();
  status_.joined = false;
  NTSP_TRY(source_.Rejoin());  // the listener commits what is open
  return failure_ ? Failure(*failure_) : Result<void>();
}

void Worker::Complete(watch::Standing& standing) const {
  if (const auto limits = source_.CachedLimits(standing.partition)) {
    standing.low = limits->low;
    standing.high = limits->high;
  }
  standing.due = batch_open_ || aborts_in_a_row_ > 0 || commit_unknown_ || rewind_due_ || !lost_.empty();
  // Lost rights, replicas that are away: told elsewhere.
  standing.failing = aborts_in_a_row_ > 0 && !commit_unknown_;
}

// Rebalance callbacks run in here: they may commit, abort, and ask for a rewind.
Result<std::span<const kafka::Message>> Worker::Poll() {
  kafka::Polled polled;
  const auto done = source_.Poll(batch_open_ ? kPollWait : kIdleWait, kPollMost, polled);
  if (failure_) return Failure(*failure_);
  NoteReachable(done && !polled.messages.empty(), !done);
  if (!done) {
    if (done.error().kind == ErrorKind::kStop) return Failure(done.error());
    events_.PollFailed(done.error().message);
    status_.trouble.Set(done.error().message);
    return std::span<const kafka::Message>();
  }
  lost_.insert(lost_.end(), polled.out_of_range.begin(), polled.out_of_range.end());
  for (const kafka::Message& m : polled.messages) positions_.Received(m.topic, m.partition, m.offset);
  watch_.Read(polled.messages, polled.ends);
  return polled.messages;
}

Result<void> Worker::Publish(const kafka::Message& message) {
  if (!batch_open_) NTSP_TRY(Begin());
  if (!batch_open_) return {};
  positions_.Processed(message.topic, message.partition, message.offset);
  const std::string* verdict = quarantine_.Verdict(message);
  const Result<void> published =
      verdict != nullptr ? processor_.Condemn(message, *verdict) : processor_.Process(message);
  if (published) return {};
  // Lost rights, too, are only waited for: if the client itself is broken, the abort says so.
  const bool refused = published.error().kind == ErrorKind::kReject;
  return Abort(refused ? AbortCause::kMessage : AbortCause::kTrouble, published.error().message);
}

Result<void> Worker::Begin() {
  const Result<void> begun = producer_.Begin();
  if (begun) {
    batch_open_ = true;
    batch_began_ = clock_.Now();
    return {};
  }
  if (begun.error().kind == ErrorKind::kStop) return begun;
  Aborted(AbortCause::kTrouble, begun.error().message);
  return {};
}

bool Worker::Full() const {
  const Tally& tally = events_.tally();
  return batch_open_ && (quarantine_.one_by_one() || tally.Records() >= options_.batch_records ||
                         tally.bytes_in + tally.bytes_out >= options_.batch_bytes);
}

bool Worker::Due() const {
  return batch_open_ && clock_.Now() - batch_began_ >= options_.commit_interval;
}

// 1. all that was produced is acknowledged  2. the group's position moves  3. both become visible
// (kafka/producer.h).
Result<void> Worker::Commit() {
  const Instant begin = clock_.Now();
  const kafka::CommitReport report = source_.Commit(producer_, positions_.ToCommit());
  if (report.result == kafka::CommitResult::kDone) {
    Committed(clock_.Now() - begin);
    return {};
  }
  return Ended(report, report.message_rejected ? AbortCause::kMessage : AbortCause::kTrouble);
}

void Worker::Committed(Duration took) {
  batch_open_ = false;
  aborts_in_a_row_ = 0;
  quarantine_.BatchCommitted(positions_);
  positions_.Committed();
  events_.BatchCommitted(took, clock_.Now() - batch_began_);
}

Result<void> Worker::Abort(AbortCause cause, const std::string& reason) {
  kafka::CommitReport report = producer_.Abort();
  if (report.result == kafka::CommitResult::kDone) report.result = kafka::CommitResult::kAborted;
  // What was refused earlier in the batch is the cause of what failed after it.
  if (report.message_rejected) return Ended(report, AbortCause::kMessage);
  if (report.result == kafka::CommitResult::kAborted) report.reason = reason;
  return Ended(report, cause);
}

// REQUIRES: not kDone.
Result<void> Worker::Ended(const kafka::CommitReport& report, AbortCause cause) {
  switch (report.result) {
    case kafka::CommitResult::kDone:
    case kafka::CommitResult::kAborted:
      Aborted(cause, report.reason);
      return {};
    case kafka::CommitResult::kUnknown:
      batch_open_ = false;
      commit_unknown_ = rewind_due_ = true;
      ++aborts_in_a_row_;
      events_.CommitUnknown(report.reason);
      return {};
    case kafka::CommitResult::kFenced:
      // Starting again by itself would fence the other instance, which would fence this one, for ever.
      return Stop("another process took over the transactional id " + TransactionalId(options_, number_) +
                  ": if two instances run with INSTANCE_ID=" + options_.instance_id +
                  ", give each its own; if not, the brokers had not heard of this one for so long that they "
                  "ended its "
                  "transaction; start it again, nothing is lost or doubled");
    case kafka::CommitResult::kFatal:
      return Stop("the Kafka producer of worker " + std::to_string(number_) +
                  " failed for good: " + report.reason + "; start ntsp again, nothing is lost or doubled");
  }
  return {};
}

void Worker::Aborted(AbortCause cause, const std::string& reason) {
  batch_open_ = false;
  rewind_due_ = true;
  if (cause == AbortCause::kMessage) {
    const bool isolated_before = quarantine_.one_by_one();
    quarantine_.BatchRefused(positions_, reason);
    if (quarantine_.one_by_one() && !isolated_before) events_.Isolating(reason);
  }
  positions_.Aborted();
  // Losing partitions is no sign that the next batch will fail.
  if (cause != AbortCause::kRebalance) ++aborts_in_a_row_;
  events_.BatchAborted(cause, reason, aborts_in_a_row_);
}

Result<void> Worker::Rewind() {
  Pause();
  if (commit_unknown_) NTSP_TRY(Settle());
  if (commit_unknown_) return {};  // the next Step asks again
  if (!lost_.empty()) {            // those cannot be sought
    NTSP_TRY(GoOnBehindLost());
    rewind_due_ = !lost_.empty();
    return {};
  }
  const Result<void> sought = source_.Seek(positions_.ToRewind());
  if (sought) {
    rewind_due_ = false;
    return {};
  }
  if (sought.error().kind == ErrorKind::kStop) return sought;
  events_.RewindFailed(sought.error().message);  // the next Step discards what it polls and tries again
  return {};
}

// Registering the transactional id anew ends the transaction, one way or the other; then the group's position
// says which it was.
Result<void> Worker::Settle() {
  const Positions::List next = positions_.ToCommit();
  const auto stored = StoredAfterAll(next);
  if (!stored) {
    if (stored.error().kind == ErrorKind::kStop) return Failure(stored.error());
    events_.RewindFailed(stored.error().message);
    return {};
  }
  commit_unknown_ = false;
  AllStored(next, *stored) ? Committed(clock_.Now() - batch_began_)
                           : Aborted(AbortCause::kTrouble, "the commit did not come through");
  return {};
}

Result<std::vector<kafka::Position>> Worker::StoredAfterAll(const Positions::List& next) {
  NTSP_TRY(producer_.Begin());
  const kafka::CommitReport ended = producer_.Abort();
  if (ended.result != kafka::CommitResult::kAborted) return Stop(ended.reason);
  return source_.Stored(PartitionsOf(next), kSettleWait);
}

// ---- positions that the broker does not have any more

Result<void> Worker::GoOnBehindLost() {
  for (const kafka::OutOfRange& lost : lost_) {
    const Result<void> placed = Place(lost);
    if (placed) continue;
    events_.PollFailed(placed.error().message);
    return {};  // the next Step asks again
  }
  const Result<void> restarted = source_.Restart(positions_.All());
  if (restarted) {
    lost_.clear();
  } else if (restarted.error().kind == ErrorKind::kStop) {
    return restarted;
  } else {
    events_.RewindFailed(restarted.error().message);
  }
  return {};
}

Result<void> Worker::Place(const kafka::OutOfRange& lost) {
  NTSP_ASSIGN(const auto limits, source_.Limits(lost.partition));
  auto position = positions_.Of(lost.partition);
  if (!position) position = lost.position;
  if (!position) {
    NTSP_ASSIGN(const auto stored, source_.Stored({lost.partition}, kSettleWait));
    if (!stored.empty()) position = stored.front().offset;
  }
  Offset from = limits.low;
  if (lost.truncated && position && lost.position) {
    from = std::max(from, *lost.position);
    events_.LogReplaced(lost.partition, *position, from);
  } else if (position && *position > limits.high) {
    events_.LogReplaced(lost.partition, *position, limits.high);
  } else if (position && *position < limits.low) {
    events_.OffsetsLost(lost.partition, *position, limits.low);
  } else if (position) {
    from = *position;  // it is there: read on from it
  }
  positions_.Place(lost.partition, from);
  watch_.Moved(lost.partition, from);
  return {};
}

// Doubles with each abort in a row; ends early when the worker is to stop.
void Worker::Pause() {
  if (aborts_in_a_row_ == 0) return;
  const int doublings = std::min(aborts_in_a_row_ - 1, 20);
  const auto pause = std::min(options_.longest_pause, options_.first_pause * (1 << doublings));
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any().wait_for(lock, stop_, pause, [] { return false; });
}

std::vector<kafka::Position> Worker::OnAssigned(const std::vector<TopicPartition>& partitions) {
  status_.joined = true;
  status_.reachable = true;
  events_.Assigned(partitions);
  if (partitions.empty()) {
    watch_.Assigned(partitions, {});
    return {};
  }
  // Where it is not known, the client finds out by itself.
  auto stored = source_.Stored(partitions, kStoredWait);
  if (!stored) stored = std::vector<kafka::Position>();
  for (const kafka::Position& position : *stored) {
    if (position.offset) positions_.Place(position.partition, *position.offset);
  }
  watch_.Assigned(partitions, *stored);
  std::erase_if(*stored, [](const kafka::Position& position) { return !position.offset; });
  return *std::move(stored);
}

void Worker::OnRevoked(const std::vector<TopicPartition>& partitions, bool lost) {
  events_.Revoked(partitions, lost);
  watch_.Revoked(partitions);
  if (batch_open_) {
    const Result<void> ended =
        lost ? Abort(AbortCause::kRebalance, "the partitions belong to another worker now") : Commit();
    if (!ended) failure_ = ended.error();
  }
  // Those that are kept must be read again from the batch's start if it was aborted: rewind_due_ says so.
  positions_.Forget(partitions);
  quarantine_.Forget(partitions);
  std::erase_if(lost_, [&](const kafka::OutOfRange& each) {
    return std::ranges::find(partitions, each.partition) != partitions.end();
  });
  if (!positions_.empty()) return;
  // Whoever has them now starts from where the commit left them.
  if (std::exchange(commit_unknown_, false)) Aborted(AbortCause::kRebalance, "its end was not known");
  rewind_due_ = false;
}

// Outages are told once when they begin; their end is known by messages, or by a while without trouble.
void Worker::NoteReachable(bool heard, bool trouble) {
  if (trouble) {
    status_.reachable = false;
    trouble_ = clock_.Now();
  } else if (heard || clock_.Now() - trouble_ >= kQuietTime) {
    status_.reachable = status_.joined.load();
    if (status_.joined) status_.trouble.Set("");
  }
}

void Worker::ReportLag() {
  const Instant now = clock_.Now();
  if (now - lag_reported_ < kLagInterval) return;
  lag_reported_ = now;
  events_.Tick();
  events_.MemoryIs(source_.FetchedBytes(), batch_open_ ? events_.tally().bytes_out : 0);
  for (const auto& [partition, next] : positions_.All()) {
    const auto limits = source_.CachedLimits(partition);
    if (limits) events_.LagIs(partition, std::max<int64_t>(0, limits->high.value - next.value));
  }
}

}  // namespace ntsp::publish
