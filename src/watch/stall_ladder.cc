#include "watch/stall_ladder.h"

#include <algorithm>

namespace ntsp::watch {
namespace {

// True if it went forward.
bool Raise(std::optional<Offset>& furthest, const std::optional<Offset>& now) {
  if (!now || (furthest && *now <= *furthest)) return false;
  furthest = now;
  return true;
}

}  // namespace

void StallLadder::Look(const std::vector<Standing>& standings, bool member, Instant now) {
  const Duration passed = looked_ ? now - *looked_ : Duration::zero();
  looked_ = now;
  for (auto& [partition, entry] : entries_) entry.ours = false;
  for (const Standing& standing : standings) {
    const auto [found, added] = entries_.try_emplace(standing.partition);
    // The first look begins a time, it does not end one.
    Update(found->second, standing, added ? Duration::zero() : passed, now);
  }
  if (member) std::erase_if(entries_, [](const auto& each) { return !each.second.ours; });
  // Nobody's: while the group does not settle, nobody reads them.
  for (auto& [partition, entry] : entries_) {
    if (!entry.ours) entry.still += passed;
  }
}

void StallLadder::Update(Entry& entry, const Standing& standing, Duration passed, Instant now) {
  entry.ours = true;
  entry.failing = standing.failing;
  Raise(entry.high, standing.high);
  const bool moved = Moved(entry, standing);
  const bool work = standing.due || Unread(entry);
  if (moved) entry.rung = Rung::kNone;
  if (moved || standing.waits || work != entry.work) {
    entry.still = Duration::zero();
    entry.since.reset();
  } else {
    entry.still += passed;
  }
  entry.work = work;
  if (work && !entry.since) entry.since = now;
}

bool StallLadder::Unread(const Entry& entry) {
  return entry.high && *entry.high > entry.read_to.value_or(Offset{0});
}

bool StallLadder::Moved(Entry& entry, const Standing& standing) {
  const bool read = Raise(entry.read_to, standing.read_to);
  return Raise(entry.settled, standing.settled) || read;
}

std::optional<TopicPartition> StallLadder::ToAsk() const {
  const auto due = std::find_if(entries_.begin(), entries_.end(),
                                [this](const auto& each) { return each.second.still >= limit_; });
  if (limit_ == Duration::zero() || due == entries_.end()) return std::nullopt;
  return due->first;
}

Verdict StallLadder::Asked(const TopicPartition& partition, std::optional<Offset> high, Instant now) {
  const auto found = entries_.find(partition);
  if (found == entries_.end()) return {};
  Entry& entry = found->second;
  if (!high) {
    // For all of them: where one broker is away, the others need not be asked at once.
    for (auto& [other, each] : entries_) each.still = Duration::zero();
    return {};
  }
  if (*high < entry.read_to.value_or(Offset{0})) {
    // Another log under the same name: what was read of the old one says nothing.
    const bool ours = entry.ours;
    entry = Entry();
    entry.ours = ours;
    return {};
  }
  Raise(entry.high, high);
  if (entry.work) return Climb(partition, entry, now);
  // What the client did not know of may have come a moment ago: its time begins now.
  entry.still = Duration::zero();
  entry.work = Unread(entry);
  if (entry.work) entry.since = now;
  return {};
}

Verdict StallLadder::Climb(const TopicPartition& partition, Entry& entry, Instant now) {
  entry.still = Duration::zero();
  const bool rejoins = entry.rung == Rung::kNone || entry.failing;
  if (!rejoins) return {entry.rung = Rung::kDead, partition, now - entry.since.value_or(now)};
  // The others get their second chance with it.
  for (auto& [other, each] : entries_) {
    if (each.work && each.rung == Rung::kNone) each.rung = Rung::kRejoin;
    each.still = Duration::zero();
  }
  return {Rung::kRejoin, partition, now - entry.since.value_or(now)};
}

bool StallLadder::Well(const TopicPartition& partition) const {
  const auto found = entries_.find(partition);
  if (found == entries_.end()) return true;
  return !found->second.work || found->second.still == Duration::zero();
}

}  // namespace ntsp::watch
