// Kafka as the worker sees it, in memory: partitions of raw messages, a group position, and a producer whose
// batches become visible on commit. What goes wrong is said by the test.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kafka/producer.h"
#include "publish/source.h"

namespace ntsp::publish {

struct FakeMessage {
  std::optional<std::string> value;
  std::optional<std::string> key = std::nullopt;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

struct Produced {
  std::string topic, key, value;
  bool has_key = true;
  std::map<std::string, std::string> headers = {};
};

// The broker's side, shared by source and producer.
struct FakeKafka {
  static constexpr const char* kTopic = "raw";

  std::map<int, std::vector<FakeMessage>> raw;  // by partition; the offset is the index
  std::map<int, int64_t> read_from;             // the consumer's position
  std::map<int, int64_t> committed;
  std::map<int, int64_t> low;      // what was before is deleted
  std::set<int> silent;            // partitions that give nothing, though there is something
  bool away = false;               // nobody answers
  bool unknown_positions = false;  // of those that are out of range
  std::function<void()> on_rejoin;
  std::vector<Produced> open, visible;
  size_t most_a_poll = 1000;

  // The broker refuses a batch with such a message.
  std::function<bool(const Produced&)> refuses = [](const Produced&) { return false; };
  // What the next commits answer instead of doing it.
  std::deque<kafka::CommitReport> commit_answers;
  std::deque<kafka::CommitReport> abort_answers;
  std::deque<Result<void>> seek_answers;
  std::deque<Error> poll_errors;
  // Run inside the next Poll, as rebalances are.
  std::deque<std::function<void(kafka::RebalanceListener&)>> rebalances;
  std::vector<std::string> calls;  // "begin", "commit", "abort", "seek 0@3", "close"

  std::vector<Produced> In(const std::string& topic) const {
    std::vector<Produced> found;
    for (const Produced& p : visible) {
      if (p.topic == topic) found.push_back(p);
    }
    return found;
  }

  kafka::CommitReport Commit(const std::vector<std::pair<TopicPartition, Offset>>& next) {
    calls.push_back("commit");
    if (!commit_answers.empty()) {
      const kafka::CommitReport answer = commit_answers.front();
      commit_answers.pop_front();
      open.clear();
      return answer;
    }
    for (const Produced& message : open) {
      if (!refuses(message)) continue;
      open.clear();
      return {kafka::CommitResult::kAborted, true, "the broker refused a message"};
    }
    for (Produced& message : open) visible.push_back(std::move(message));
    open.clear();
    for (const auto& [partition, offset] : next) committed[partition.partition.value] = offset.value;
    return {};
  }
};

class FakeProducer : public kafka::Producer {
 public:
  explicit FakeProducer(FakeKafka& kafka) : kafka_(kafka) {}

  Result<void> Begin() override {
    kafka_.calls.push_back("begin");
    return {};
  }
  Result<void> Produce(const kafka::OutgoingMessage& message) override {
    Produced produced{std::string(message.topic), std::string(message.key), std::string(message.value),
                      message.has_key};
    for (const auto& [name, value] : message.headers) produced.headers.emplace(name, value);
    kafka_.open.push_back(std::move(produced));
    return {};
  }
  // Only a real consumer has a group; FakeSource::Commit is what a worker with fakes calls.
  kafka::CommitReport Commit(kafka::Consumer&,
                             const std::vector<std::pair<TopicPartition, Offset>>& next) override {
    return kafka_.Commit(next);
  }
  kafka::CommitReport Abort() override {
    kafka_.calls.push_back("abort");
    kafka_.open.clear();
    if (kafka_.abort_answers.empty()) return {kafka::CommitResult::kAborted, false, ""};
    const kafka::CommitReport answer = kafka_.abort_answers.front();
    kafka_.abort_answers.pop_front();
    return answer;
  }

 private:
  FakeKafka& kafka_;
};

class FakeSource : public Source {
 public:
  explicit FakeSource(FakeKafka& kafka) : kafka_(kafka) {}

  Result<void> Subscribe(const std::string&, kafka::RebalanceListener& listener) override {
    listener_ = &listener;
    return {};
  }

  Result<void> Rejoin() override {
    kafka_.calls.push_back("rejoin");
    listener_->OnRevoked(Partitions(), false);
    if (kafka_.on_rejoin) kafka_.on_rejoin();
    kafka_.rebalances.push_back([this](kafka::RebalanceListener& listener) { Assign(listener); });
    return {};
  }

  Result<void> Poll(std::chrono::milliseconds, size_t most, kafka::Polled& polled) override {
    messages_.clear();
    out_of_range_.clear();
    ends_.clear();
    polled = {};
    while (!kafka_.rebalances.empty()) {
      const auto rebalance = std::move(kafka_.rebalances.front());
      kafka_.rebalances.pop_front();
      rebalance(*listener_);
    }
    if (!kafka_.poll_errors.empty()) {
      const Error error = kafka_.poll_errors.front();
      kafka_.poll_errors.pop_front();
      return Failure(error);
    }
    for (auto& [partition, raw] : kafka_.raw) {
      int64_t& at = kafka_.read_from[partition];
      if (kafka_.silent.contains(partition)) continue;
      if (stopped_.contains(partition)) continue;
      if (at < kafka_.low[partition]) {
        stopped_.insert(partition);
        const auto told = kafka_.unknown_positions ? std::nullopt : std::optional<Offset>(Offset{at});
        out_of_range_.push_back({{FakeKafka::kTopic, {partition}}, told});
        continue;
      }
      while (at < static_cast<int64_t>(raw.size()) && messages_.size() < std::min(most, kafka_.most_a_poll)) {
        messages_.push_back(Make(partition, at++));
      }
      if (at == static_cast<int64_t>(raw.size()))
        ends_.push_back({{FakeKafka::kTopic, {partition}}, Offset{at}});
    }
    polled = {messages_, out_of_range_, ends_};
    return {};
  }

  std::vector<kafka::Header> Headers(const kafka::Message& message) override {
    std::vector<kafka::Header> headers;
    for (const auto& [name, value] : static_cast<const FakeMessage*>(message.handle)->headers) {
      headers.emplace_back(name, value);
    }
    return headers;
  }

  Result<void> Seek(const std::vector<std::pair<TopicPartition, Offset>>& positions) override {
    if (!kafka_.seek_answers.empty()) {
      const Result<void> answer = kafka_.seek_answers.front();
      kafka_.seek_answers.pop_front();
      if (!answer) return answer;
    }
    for (const auto& [partition, offset] : positions) {
      // As librdkafka does in an eager group, once a position was lost.
      if (stopped_.contains(partition.partition.value)) return Retry("it is not being fetched");
    }
    for (const auto& [partition, offset] : positions) {
      kafka_.calls.push_back("seek " + std::to_string(partition.partition.value) + "@" +
                             std::to_string(offset.value));
      kafka_.read_from[partition.partition.value] = offset.value;
    }
    return {};
  }

  Result<void> Restart(const std::vector<std::pair<TopicPartition, Offset>>& positions) override {
    kafka_.calls.push_back("restart");
    stopped_.clear();
    return Seek(positions);
  }

  kafka::CommitReport Commit(kafka::Producer&,
                             const std::vector<std::pair<TopicPartition, Offset>>& next) override {
    return kafka_.Commit(next);
  }

  Result<kafka::PartitionState> Limits(const TopicPartition& partition) override {
    if (kafka_.away) return Retry("no broker answers");
    const int number = partition.partition.value;
    const auto size = static_cast<int64_t>(kafka_.raw[number].size());
    return kafka::PartitionState{partition, Offset{kafka_.low[number]}, Offset{size}};
  }

  Result<std::vector<kafka::Position>> Stored(const std::vector<TopicPartition>& partitions,
                                              std::chrono::milliseconds) override {
    std::vector<kafka::Position> stored;
    for (const TopicPartition& each : partitions) {
      const auto found = kafka_.committed.find(each.partition.value);
      if (found == kafka_.committed.end()) {
        stored.push_back({each, std::nullopt, {}});
      } else {
        stored.push_back({each, Offset{found->second}, {}});
      }
    }
    return stored;
  }

  std::optional<kafka::PartitionState> CachedLimits(const TopicPartition& partition) override {
    const auto limits = Limits(partition);
    return limits ? std::optional(*limits) : std::nullopt;
  }

  // As a group of one does: all partitions, each from where it is committed.
  void Assign(kafka::RebalanceListener& listener) {
    const auto start = listener.OnAssigned(Partitions());
    for (const kafka::Position& position : start) {
      kafka_.read_from[position.partition.partition.value] = position.offset ? position.offset->value : 0;
    }
  }

  void Close() override { kafka_.calls.push_back("close"); }

 private:
  std::vector<TopicPartition> Partitions() const {
    std::vector<TopicPartition> partitions;
    for (const auto& [partition, raw] : kafka_.raw) partitions.push_back({FakeKafka::kTopic, {partition}});
    return partitions;
  }

  kafka::Message Make(int partition, int64_t offset) {
    const FakeMessage& raw = kafka_.raw[partition][static_cast<size_t>(offset)];
    return {.topic = FakeKafka::kTopic,
            .partition = {partition},
            .offset = {offset},
            .timestamp = {1'700'000'000'000'000},
            .key = raw.key,
            .value = raw.value,
            .handle = &raw};
  }

  FakeKafka& kafka_;
  kafka::RebalanceListener* listener_ = nullptr;
  std::vector<kafka::Message> messages_;
  std::vector<kafka::OutOfRange> out_of_range_;
  std::set<int> stopped_;  // their position was lost, and nobody has said yet where to go on
  std::vector<kafka::EndReached> ends_;
};

}  // namespace ntsp::publish
