// A random check of the real protocol against a simulated world: a broker with generations that answers late,
// twice or never, an object store that takes puts late, workers that crash, are revoked, or go on as zombies.
// Whatever happens, every record must end in exactly one object. Each mutant breaks one rule and must be
// caught.
//
// A failure prints its seed; NTSP_SEED=<n> runs only that one, NTSP_RUNS=<n> changes how many.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "archive/protocol_world_fake.h"

namespace ntsp::archive::model {
namespace {

// One run: what went wrong, or nothing.
class Trial {
 public:
  Trial(uint32_t seed, Mutant mutant) : random_{std::mt19937(seed)}, mutant_(mutant) {
    for (int i = 0; i < 3; ++i) members_.push_back(NewMember(i));
  }

  std::string Go() {
    const int turmoil = 150 + random_.Below(250);
    Rebalance();
    for (int i = 0; i < turmoil; ++i) Turn(true);
    // Then the world calms down, and everything must be archived.
    Rebalance();
    for (int i = 0; i < 20'000 && !Archived(); ++i) Turn(false);
    if (world_.trouble.empty() && !Archived())
      return "stands still at " + std::to_string(world_.committed.offset->value);
    while (!world_.puts.empty()) world_.DeliverPut(0, true);
    return Verdict();
  }

  const World& world() const { return world_; }

 private:
  std::unique_ptr<Member> NewMember(int id) { return std::make_unique<Member>(world_, random_, mutant_, id); }

  bool Archived() const {
    return world_.committed == Committed{Offset{kRecords}, ""} || !world_.trouble.empty();
  }

  void Turn(bool faults) {
    now_ += Duration(1);
    if (available_ < kRecords && random_.OneIn(2)) ++available_;
    Deliver(faults);
    Member& member = *members_[static_cast<size_t>(random_.Below(3))];
    member.Step(now_, available_);
    for (auto& any : members_) {
      if (any->wants_rejoin() && random_.OneIn(4)) Rejoin(*any);
    }
    if (faults && random_.OneIn(25)) Fault();
    if (!faults && world_.owner < 0) Rebalance();
  }

  void Deliver(bool faults) {
    if (!world_.commits.empty() && random_.OneIn(3)) {
      world_.DeliverCommit(static_cast<size_t>(random_.Below(static_cast<int>(world_.commits.size()))),
                           faults && random_.OneIn(8));
    }
    if (!world_.puts.empty() && random_.OneIn(3)) {
      world_.DeliverPut(static_cast<size_t>(random_.Below(static_cast<int>(world_.puts.size()))),
                        faults && random_.OneIn(5));
    }
  }

  void Fault() {
    const int id = random_.Below(3);
    if (random_.OneIn(2)) {
      members_[static_cast<size_t>(id)] = NewMember(id);  // a crash; what it sent is still under way
      if (world_.owner == id) world_.owner = -1;
    }
    Rebalance();
  }

  // Closing and opening a consumer makes a new generation.
  void Rejoin(Member& member) {
    member.Crash();
    if (world_.owner == member.id()) world_.owner = -1;
    members_[static_cast<size_t>(member.id())] = NewMember(member.id());
    Rebalance();
  }

  // The next generation. The owner keeps the partition, hands it over, or is thought dead and not told (a
  // zombie).
  void Rebalance() {
    const int before = world_.owner;
    const int after = before >= 0 && random_.OneIn(3) ? before : random_.Below(3);
    const bool zombie = random_.OneIn(3);
    ++world_.generation;
    world_.owner = after;
    for (auto& member : members_) {
      const bool is_zombie = zombie && member->id() == before && before != after;
      if (is_zombie) continue;
      member->JoinGeneration(world_.generation);
      if (member->id() != after && member->has_partition()) member->Revoke();
    }
    if (after != before || !members_[static_cast<size_t>(after)]->has_partition()) {
      members_[static_cast<size_t>(after)]->Assign();
    }
  }

  std::string Verdict() const {
    if (!world_.trouble.empty()) return world_.trouble;
    std::map<int, int> seen;
    std::map<Offset, Offset> ranges;
    for (const auto& [key, rows] : world_.objects) {
      for (const int row : rows) ++seen[row];
      const auto [range, fresh] = ranges.emplace(key.start, key.end);
      if (!fresh && range->second != key.end) return "two ranges begin at " + std::to_string(key.start.value);
    }
    for (int i = 0; i < kRecords; ++i) {
      if (seen[i] == 0) return "record " + std::to_string(i) + " is lost";
      if (seen[i] > 1) return "record " + std::to_string(i) + " is archived twice";
    }
    Offset expected{0};
    for (const auto& [start, end] : ranges) {
      if (start != expected) return "the ranges are not contiguous at " + std::to_string(start.value);
      expected = end;
    }
    return "";
  }

  Random random_;
  const Mutant mutant_;
  World world_;
  std::vector<std::unique_ptr<Member>> members_;
  Instant now_{};
  int available_ = 0;
};

int Setting(const char* name, int otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

constexpr int kRuns = 20'000;

TEST(ProtocolModel, every_record_is_in_exactly_one_object_whatever_happens) {
  const int only = Setting("NTSP_SEED", -1);
  const int first = std::max(only, 0), last = only < 0 ? Setting("NTSP_RUNS", kRuns) : only + 1;
  int refused = 0, redone = 0, done_and_planned = 0;
  for (int seed = first; seed < last; ++seed) {
    Trial trial(static_cast<uint32_t>(seed), Mutant::kNone);
    ASSERT_EQ(trial.Go(), "") << "NTSP_SEED=" << seed;
    refused += trial.world().refused;
    redone += trial.world().redone;
    done_and_planned += trial.world().done_and_planned;
  }
  if (only >= 0) return;
  EXPECT_GT(refused, last);
  EXPECT_GT(redone, last);
  EXPECT_GT(done_and_planned, last);
}

// The first seed that shows what is wrong with a mutant; -1 if none does.
int CaughtAt(Mutant mutant) {
  for (int seed = 0; seed < kRuns; ++seed) {
    if (!Trial(static_cast<uint32_t>(seed), mutant).Go().empty()) return seed;
  }
  return -1;
}

TEST(ProtocolModel, without_a_plan_records_are_lost_or_doubled) {
  EXPECT_GE(CaughtAt(Mutant::kNoPlan), 0);
}
TEST(ProtocolModel, a_new_owner_that_plans_anew_is_caught) {
  EXPECT_GE(CaughtAt(Mutant::kReplan), 0);
}
TEST(ProtocolModel, done_before_the_put_is_caught) {
  EXPECT_GE(CaughtAt(Mutant::kDoneBeforePut), 0);
}
TEST(ProtocolModel, a_commit_for_a_revoked_partition_is_caught) {
  EXPECT_GE(CaughtAt(Mutant::kCommitWhenRevoked), 0);
}
TEST(ProtocolModel, a_commit_after_an_unknown_one_is_caught) {
  EXPECT_GE(CaughtAt(Mutant::kRetryUnknownInPlace), 0);
}

}  // namespace
}  // namespace ntsp::archive::model
