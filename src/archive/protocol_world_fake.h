// The simulated world of protocol_model_test.cc: a broker with generations that answers late, twice or never,
// an object store that takes puts late, and members of the group that run the real protocol.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "archive/protocol.h"

namespace ntsp::archive::model {

using kafka::CommitOutcome;

enum class Mutant {
  kNone,
  kNoPlan,               // plans are not written
  kReplan,               // a new owner does not look at the plan
  kDoneBeforePut,        // uploads are taken for stored before they are
  kCommitWhenRevoked,    // a revoked partition's window lives on
  kRetryUnknownInPlace,  // a commit of unknown outcome is followed by another one in the same generation
};

inline constexpr int kRecords = 60;
inline constexpr int kHours = 2;

using Rows = std::set<int>;

struct Random {
  std::mt19937 engine;
  bool OneIn(int n) { return Below(n) == 0; }
  int Below(int n) { return static_cast<int>(engine() % static_cast<unsigned>(n)); }
};

struct Key {
  int hour;
  Offset start, end;
  auto operator<=>(const Key&) const = default;
};

// The log, the group coordinator and the object store. Requests are delivered when the scheduler says so, in
// any order.
struct World {
  struct CommitRequest {
    int generation;
    Committed value;
    std::shared_ptr<std::optional<CommitOutcome>> reply;
  };
  struct Put {
    Key key;
    Rows rows;
    std::shared_ptr<bool> stored;  // what the uploader hears
  };

  // Generation g's owner is `owner`; a member that was never told of a later generation is a zombie.
  int generation = 0;
  int owner = -1;
  Committed committed{Offset{0}, ""};
  std::vector<CommitRequest> commits;
  std::vector<Put> puts;
  std::map<Key, Rows> objects;
  std::string trouble;
  // What the runs of a test met, so that the test knows that it tested something.
  int refused = 0, redone = 0, done_and_planned = 0;

  void DeliverCommit(size_t i, bool reply_lost) {
    const CommitRequest request = commits[i];
    commits.erase(commits.begin() + static_cast<long>(i));
    // As brokers do: the generation is checked, but not who owns the partition in it.
    const bool accepted = request.generation == generation;
    if (accepted) committed = request.value;
    if (!accepted) ++refused;
    if (!reply_lost) *request.reply = accepted ? CommitOutcome::kCommitted : CommitOutcome::kRefused;
  }
  void DeliverPut(size_t i, bool reply_lost) {
    const Put put = puts[i];
    puts.erase(puts.begin() + static_cast<long>(i));
    const auto there = objects.find(put.key);
    if (there != objects.end() && there->second != put.rows) trouble = "a key was put with other rows";
    objects[put.key] = put.rows;
    if (!reply_lost) *put.stored = true;
  }
};

inline int HourOf(int record) {
  return (record / 7) % kHours;
}

// One member of the group: the protocol, and what PartitionWriter and Worker do around it.
class Member {
 public:
  Member(World& world, Random& random, Mutant mutant, int id)
      : world_(world), random_(random), mutant_(mutant), id_(id) {}

  int id() const { return id_; }
  bool has_partition() const { return protocol_ != nullptr; }
  void JoinGeneration(int generation) { generation_ = generation; }
  bool wants_rejoin() const { return rejoin_; }

  void Assign() {
    rejoin_ = false;
    Forget();
    generation_ = world_.generation;
    Protocol::Options options;
    options.max_bytes = 8 + random_.Below(8);
    options.max_age = Duration(40);
    options.retry_after = Duration(3);
    protocol_ = std::make_unique<Protocol>(options);
    Committed committed = world_.committed;
    if (mutant_ == Mutant::kReplan) committed.metadata.clear();
    Actions actions;
    protocol_->Assigned(committed, actions);
    position_ = *protocol_->position();
    Execute(actions);
  }

  void Revoke() {
    if (mutant_ != Mutant::kCommitWhenRevoked) Forget();
  }

  void Crash() { Forget(); }

  // One turn of the worker.
  void Step(Instant now, int available) {
    now_ = now;
    if (!protocol_ || (pending_reply_ && !AnswerCommit())) return;
    Actions actions;
    switch (random_.Below(4)) {
      case 0:
        HearStore(actions);
        break;
      case 1:
        protocol_->Tick(now_, actions);
        break;
      case 2:
        if (random_.OneIn(20) && protocol_->CanFlush()) protocol_->Flush(now_, actions);
        break;
      default:
        Read(available, actions);
        break;
    }
    Execute(actions);
  }

 private:
  struct Uploading {
    Key key;
    Rows rows;
    std::shared_ptr<bool> stored;
  };

  void Forget() {
    protocol_.reset();
    pending_reply_.reset();
    puts_.clear();
    window_.clear();
    paused_ = false;
  }

  // The thread stands still until the broker has answered or the call times out.
  bool AnswerCommit() {
    const bool timed_out = !pending_reply_->has_value() && random_.OneIn(12);
    if (!pending_reply_->has_value() && !timed_out) return false;
    CommitOutcome outcome = timed_out ? CommitOutcome::kUnknown : **pending_reply_;
    if (timed_out && mutant_ == Mutant::kRetryUnknownInPlace) outcome = CommitOutcome::kRefused;
    pending_reply_.reset();
    Actions actions;
    protocol_->CommitEnded(outcome, now_, actions);
    Execute(actions);
    return protocol_ && !pending_reply_;
  }

  void Read(int available, Actions& actions) {
    if (paused_ || position_.value >= available) return;
    const Offset offset = position_;
    position_ = Next(offset);
    if (!protocol_->Offer(offset, Timestamp::FromMillis(1000 + offset.value), now_, actions)) return;
    window_.insert(static_cast<int>(offset.value));
    protocol_->Appended(window_.size(), now_, actions);
  }

  void HearStore(Actions& actions) {
    for (Uploading& put : puts_) {
      // An attempt that was lost, or seems to be, is made again: the same put.
      if (!*put.stored && random_.OneIn(6)) Send(put);
    }
    const bool all =
        std::all_of(puts_.begin(), puts_.end(), [](const Uploading& put) { return *put.stored; });
    if (!uploading_ || (!all && mutant_ != Mutant::kDoneBeforePut)) return;
    uploading_ = false;
    puts_.clear();
    protocol_->Uploaded(now_, actions);
  }

  void Send(const Uploading& put) {
    if (!random_.OneIn(5)) world_.puts.push_back({put.key, put.rows, put.stored});
  }

  void Execute(Actions& actions) {
    for (size_t i = 0; i < actions.size() && protocol_ && !rejoin_; ++i) {
      const Action next = actions[i];
      std::visit([&](const auto& what) { Do(what); }, next);
    }
  }

  void Do(const action::Commit& commit) {
    if (commit.ends && commit.plans) ++world_.done_and_planned;
    pending_reply_ = std::make_shared<std::optional<CommitOutcome>>();
    Committed value{commit.offset, mutant_ == Mutant::kNoPlan ? "" : commit.metadata};
    // librdkafka sends a request again by itself after a transport error; the consumer then answers kUnknown,
    // whatever the broker says.
    const int copies = random_.OneIn(10) ? 0 : random_.OneIn(10) ? 2 : 1;
    const auto heard = copies == 1 ? pending_reply_ : std::make_shared<std::optional<CommitOutcome>>();
    for (int i = 0; i < copies; ++i) world_.commits.push_back({generation_, value, heard});
  }
  void Do(const action::Upload& upload) {
    if (upload.cause == CloseCause::kRedo) ++world_.redone;
    std::map<int, Rows> hours;
    for (const int record : std::exchange(window_, {})) hours[HourOf(record)].insert(record);
    puts_.clear();
    uploading_ = true;
    for (auto& [hour, rows] : hours) {
      puts_.push_back({{hour, upload.range.start, upload.range.end}, rows, std::make_shared<bool>(false)});
      Send(puts_.back());
    }
  }
  void Do(const action::Rejoin&) {
    rejoin_ = true;
    Forget();
  }
  void Do(const action::AskCommitted&) {
    if (random_.OneIn(4)) return;
    Committed committed = world_.committed;
    if (mutant_ == Mutant::kNoPlan || mutant_ == Mutant::kReplan) committed.metadata = "";
    Actions actions;
    protocol_->CommittedRead(committed, now_, actions);
    Execute(actions);
  }
  void Do(const action::Drop&) {
    window_.clear();
    puts_.clear();
    uploading_ = false;
  }
  void Do(const action::Seek& seek) { position_ = seek.to; }
  void Do(const action::Pause&) { paused_ = true; }
  void Do(const action::Resume&) { paused_ = false; }
  void Do(const action::Done&) {}
  void Do(const action::FindObjects&) { ADD_FAILURE() << "nothing is lost here"; }
  void Do(const action::ReportLost&) { ADD_FAILURE() << "nothing is lost here"; }
  void Do(const action::ReportFound&) { ADD_FAILURE() << "nothing is lost here"; }
  void Do(const action::ReportReplaced&) { ADD_FAILURE() << "nothing is lost here"; }
  void Do(const action::Fail& fail) { world_.trouble = fail.error.message; }

  World& world_;
  Random& random_;
  const Mutant mutant_;
  const int id_;
  int generation_ = 0;
  Instant now_{};
  std::unique_ptr<Protocol> protocol_;
  Offset position_;
  Rows window_;
  std::vector<Uploading> puts_;
  bool uploading_ = false, paused_ = false, rejoin_ = false;
  std::shared_ptr<std::optional<CommitOutcome>> pending_reply_;
};

}  // namespace ntsp::archive::model
