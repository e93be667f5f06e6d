// A worker over a FakeBroker, with a clock that the test moves.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "archive/broker_fake.h"
#include "archive/file_builder_fake.h"
#include "archive/memory_store_fake.h"
#include "archive/plan.h"
#include "archive/worker.h"
#include "observe/tracer_fake.h"

namespace ntsp::archive {

using namespace std::chrono_literals;

class CollectingReporter : public alert::Reporter {
 public:
  void Report(alert::Alert alert) override { kinds.push_back(alert.kind); }
  std::vector<std::string> kinds;
};

// The real worker and upload pool, with a fake broker, file format, store and clock. Message n of a partition
// holds one row, "<topic>/<partition>:<n>", received in the hour 2026-11-23T15.
class WorkerTest : public testing::Test {
 protected:
  const TopicPartition nodes_{"node-data", {0}}, more_nodes_{"node-data", {1}};
  const Timestamp begin_ = *ParseRfc3339("2026-11-23T15:00:00Z");

  void SetUp() override {
    AddPartition(nodes_);
    clock_.SetWall(begin_);
    StartWorker();
  }

  void AddPartition(const TopicPartition& partition) {
    broker_.logs[partition];
    broker_.committed[partition] = {partition, Offset{0}, ""};
  }
  // Until the worker has read everything there is.
  void ReadAll() {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(Step());
  }

  void StartWorker() {
    Worker::Options options;
    options.topics = {{"node-data", Table::kNode}};
    options.store_uri = store_->Uri();
    options.prefix = "processed";
    options.max_bytes = max_bytes_;
    options.memory_budget = budget_;
    options.poll_wait = 0ms;
    options.poll_most = 10;
    watch_ = std::make_unique<watch::PartitionWatch>(
        watch::Stage::kArchive, 120s,
        watch::PartitionWatch::Parts{metrics_, alerts_, clock_, nullptr,
                                     [this](const std::string& reason) { gave_up_.push_back(reason); }});
    worker_ = std::make_unique<Worker>(options, Worker::Parts{broker_.Factory(), FakeFiles(), &uploads_,
                                                              &events_, &clock_, &tracer_, watch_.get()});
  }
  // Whatever the worker did not commit is gone.
  void Restart() {
    worker_.reset();
    StartWorker();
  }

  void Produce(const TopicPartition& to, int count) {
    for (int i = 0; i < count; ++i) {
      const auto n = broker_.highs[to].value;
      ProduceText(to, fmt::format(R"([{{"batch_id":"74738ff5-5367-5958-9aee-98fffdcd1876","record_index":{},)"
                                  R"("timestamp":"2026-11-23T15:04:05.000000Z",)"
                                  R"("received_at":"2026-11-23T15:04:05.000000Z","node_name":"{}:{}",)"
                                  R"("source_format":"eda"}}])",
                                  n, ToString(to), n));
    }
  }
  void ProduceText(const TopicPartition& to, std::optional<std::string> value) {
    broker_.Produce(to, Timestamp{begin_.micros + broker_.highs[to].value * 1000}, std::move(value));
  }

  Result<void> Step() { return worker_->Step(); }
  void Steps(int count) {
    for (int i = 0; i < count; ++i) ASSERT_TRUE(Step());
  }
  // The uploads have threads of their own.
  template <typename Condition>
  bool StepUntil(Condition condition) {
    for (int i = 0; i < 10'000; ++i) {
      if (condition()) return true;
      if (!Step()) return false;
      std::this_thread::sleep_for(1ms);
    }
    return false;
  }
  bool StepUntilCommitted(const TopicPartition& partition, int64_t offset) {
    return StepUntil([&] {
      const auto& position = broker_.committed[partition];
      return position.offset == Offset{offset} && position.metadata.empty();
    });
  }

  std::string Key(const TopicPartition& of, int64_t start, int64_t end) const {
    return ObjectKey("processed", Table::kNode, ToDateHour(begin_),
                     {of, {start}, {end}, Timestamp{begin_.micros + start * 1000}});
  }
  std::string Plan(int64_t end) const {
    return FormatPlan({{end}, Layout{store_->Uri(), "processed", Table::kNode}.Text()});
  }
  static std::string Rows(const TopicPartition& of, int start, int end) {
    std::string rows;
    for (int i = start; i < end; ++i) rows += fmt::format("{}:{}\n", ToString(of), i);
    return rows;
  }

  FakeBroker broker_;
  std::shared_ptr<MemoryStore> store_ = std::make_shared<MemoryStore>();
  FakeClock clock_;
  observe::Metrics metrics_;
  std::vector<std::string> gave_up_;
  CollectingReporter alerts_;
  observe::TracerFake tracer_;
  Events events_{metrics_, alerts_};
  UploadPool uploads_{store_, {.threads = 2, .first_wait = 1ms, .longest_wait = 2ms}};
  uint64_t max_bytes_ = 1'000'000, budget_ = 1'000'000;
  std::unique_ptr<watch::PartitionWatch> watch_;
  std::unique_ptr<Worker> worker_;

  // A turn of the loop each second.
  void Pass(std::chrono::seconds time) {
    for (int i = 0; i < time.count(); ++i) {
      clock_.Advance(1s);
      ASSERT_TRUE(Step());
    }
  }
};

}  // namespace ntsp::archive
