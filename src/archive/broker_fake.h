// A broker for the archive worker's tests: logs, committed offsets, and a group whose rebalances the test
// decides.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "archive/source.h"

namespace ntsp::archive {

// One thread. Must outlive the sources it makes. A new source is assigned all partitions at its first poll.
class FakeBroker {
 public:
  struct Entry {
    Offset offset;
    Timestamp timestamp;
    std::optional<std::string> value;
  };

  std::map<TopicPartition, std::deque<Entry>> logs;
  std::map<TopicPartition, Offset> highs;
  std::map<TopicPartition, kafka::Position> committed;
  std::vector<std::string> commits;                // what was asked for, stored or not: "10 plan" or "12"
  std::deque<kafka::CommitOutcome> next_outcomes;  // of the next commits; then all succeed
  bool unknown_commits_are_stored = false;
  std::optional<TopicPartition> revoke_next;  // at the next poll
  bool lost = false;                          // how it is revoked
  int sources_opened = 0, sources_closed = 0;
  std::set<TopicPartition> paused;
  std::set<TopicPartition> silent;  // give nothing, though there is something
  int silent_client = 0;            // this one of the sources gets nothing at all
  bool away = false;                // nobody answers

  void Produce(const TopicPartition& to, Timestamp timestamp, std::optional<std::string> value) {
    Offset& high = highs[to];
    logs[to].push_back({high, timestamp, std::move(value)});
    high = Next(high);
  }
  void DeleteBefore(const TopicPartition& in, Offset low) {
    std::erase_if(logs[in], [&](const Entry& entry) { return entry.offset < low; });
  }
  Offset Low(const TopicPartition& in) { return logs[in].empty() ? highs[in] : logs[in].front().offset; }

  SourceFactory Factory() {
    return [this]() -> Result<std::unique_ptr<Source>> {
      ++sources_opened;
      return std::make_unique<FakeSource>(*this);
    };
  }

 private:
  class FakeSource : public Source {
   public:
    explicit FakeSource(FakeBroker& broker) : broker_(broker), number_(broker.sources_opened) {}

    Result<void> Subscribe(const std::vector<std::string>&, kafka::RebalanceListener& listener) override {
      listener_ = &listener;
      return {};
    }

    Result<void> Poll(std::chrono::milliseconds, size_t most, kafka::Polled& polled) override {
      Rebalance();
      messages_.clear();
      out_of_range_.clear();
      for (auto& [partition, position] : positions_) {
        const bool silent = broker_.silent.contains(partition) || broker_.silent_client == number_;
        if (!silent && !broker_.paused.contains(partition)) Fetch(partition, position, most);
      }
      polled = {messages_, out_of_range_, {}};
      return {};
    }

    Result<void> Pause(const TopicPartition& partition) override {
      broker_.paused.insert(partition);
      return {};
    }
    Result<void> Resume(const TopicPartition& partition) override {
      broker_.paused.erase(partition);
      return {};
    }
    Result<void> Seek(const TopicPartition& partition, Offset offset) override {
      positions_[partition] = offset;
      return {};
    }
    Result<std::vector<kafka::Position>> Committed(const std::vector<TopicPartition>& partitions,
                                                   std::chrono::milliseconds) override {
      std::vector<kafka::Position> answer;
      for (const TopicPartition& partition : partitions) {
        const auto found = broker_.committed.find(partition);
        answer.push_back(found == broker_.committed.end() ? kafka::Position{partition, {}, ""}
                                                          : found->second);
      }
      return answer;
    }
    kafka::CommitOutcome Commit(const kafka::Position& position, std::string& error) override {
      broker_.commits.push_back(std::to_string(position.offset->value) +
                                (position.metadata.empty() ? "" : " plan"));
      auto outcome = kafka::CommitOutcome::kCommitted;
      if (!broker_.next_outcomes.empty()) {
        outcome = broker_.next_outcomes.front();
        broker_.next_outcomes.pop_front();
        error = "as the test says";
      }
      const bool stored = outcome == kafka::CommitOutcome::kCommitted ||
                          (outcome == kafka::CommitOutcome::kUnknown && broker_.unknown_commits_are_stored);
      if (stored) broker_.committed[position.partition] = position;
      return outcome;
    }
    Result<kafka::PartitionState> Limits(const TopicPartition& partition,
                                         std::chrono::milliseconds) override {
      if (broker_.away) return Retry("no broker answers");
      return kafka::PartitionState{partition, broker_.Low(partition), broker_.highs[partition]};
    }
    std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) const override {
      return kafka::PartitionState{partition, broker_.Low(partition), broker_.highs[partition]};
    }
    void Close() override {
      ++broker_.sources_closed;
      std::vector<TopicPartition> mine;
      for (const auto& [partition, position] : positions_) mine.push_back(partition);
      if (!mine.empty()) listener_->OnRevoked(mine, false);
      positions_.clear();
      broker_.paused.clear();
    }

   private:
    void Rebalance() {
      if (broker_.revoke_next) {
        listener_->OnRevoked({*broker_.revoke_next}, broker_.lost);
        positions_.erase(*broker_.revoke_next);
        broker_.revoke_next.reset();
        listener_->OnAssigned({});  // the group settles again, without a change for this member
      }
      if (assigned_) return;
      assigned_ = true;
      std::vector<TopicPartition> all;
      for (const auto& [partition, log] : broker_.logs) all.push_back(partition);
      for (const TopicPartition& partition : all) positions_[partition] = broker_.Low(partition);
      for (const kafka::Position& start : listener_->OnAssigned(all))
        positions_[start.partition] = *start.offset;
    }

    void Fetch(const TopicPartition& partition, Offset& position, size_t most) {
      if (position < broker_.Low(partition) || position > broker_.highs[partition]) {
        out_of_range_.push_back({partition});
        return;
      }
      for (const Entry& entry : broker_.logs[partition]) {
        if (entry.offset < position || messages_.size() >= most) continue;
        messages_.push_back({partition.topic, partition.partition, entry.offset, entry.timestamp, {}, {}});
        if (entry.value) messages_.back().value = *entry.value;
        position = Next(entry.offset);
      }
    }

    FakeBroker& broker_;
    const int number_;
    kafka::RebalanceListener* listener_ = nullptr;
    bool assigned_ = false;
    std::map<TopicPartition, Offset> positions_;
    std::vector<kafka::Message> messages_;
    std::vector<kafka::OutOfRange> out_of_range_;
  };
};

}  // namespace ntsp::archive
