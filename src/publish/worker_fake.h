// A worker over a FakeKafka, with a clock that the test moves.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "publish/kafka_fake.h"
#include "publish/worker.h"

namespace ntsp::publish {

inline std::string Statistics(const std::string& node, int octets) {
  return R"({"path":".node.srl.interface.statistics","entries":[{"keys":{"node_name":")" + node +
         R"(","interface_name":"ethernet-1/1"},"fields":{"in-octets":)" + std::to_string(octets) + "}}]}";
}

class AlertsFake : public alert::Reporter {
 public:
  void Report(alert::Alert alert) override { alerts.push_back(std::move(alert)); }
  std::vector<alert::Alert> alerts;
};

class WorkerTest : public testing::Test {
 protected:
  WorkerTest() {
    options_.topics = {"raw", "nodes", "interfaces", "addresses", "dead"};
    options_.first_pause = std::chrono::milliseconds(0);
    options_.instance_id = "box-1";
  }

  Worker& worker() {
    if (!worker_) {
      worker_.emplace(options_, 0, 1'000'000,
                      Worker::Parts{source_, producer_, events_, clock_, status_, watch_});
      EXPECT_TRUE(Stopped());  // subscribes, and has nothing to do yet
      kafka_.calls.clear();
    }
    return *worker_;
  }

  void Add(int partition, std::string value) { kafka_.raw[partition].push_back({std::move(value)}); }
  Result<void> Step() { return worker().Step(); }
  // Steps in which each batch becomes due.
  void StepAndCommit(int times = 1) {
    for (int i = 0; i < times; ++i) {
      ASSERT_TRUE(Step());
      clock_.Advance(options_.commit_interval);
      ASSERT_TRUE(Step());
    }
  }
  Result<void> Stopped() {
    std::stop_source stop;
    stop.request_stop();
    return worker_->Run(stop.get_token());
  }
  void Rebalance(std::vector<int> revoked, bool lost) {
    kafka_.rebalances.push_back([revoked, lost](kafka::RebalanceListener& listener) {
      std::vector<TopicPartition> partitions;
      for (const int p : revoked) partitions.push_back({FakeKafka::kTopic, {p}});
      listener.OnRevoked(partitions, lost);
    });
  }
  int Calls(const std::string& call) const {
    return static_cast<int>(std::count(kafka_.calls.begin(), kafka_.calls.end(), call));
  }

  Options options_;
  FakeKafka kafka_;
  FakeSource source_{kafka_};
  FakeProducer producer_{kafka_};
  observe::Metrics metrics_;
  AlertsFake alerts_;
  FakeClock clock_;
  PathLimit paths_;
  Recent recent_;
  Events events_{metrics_, alerts_, clock_, paths_, nullptr, nullptr, &recent_};
  WorkerStatus status_;
  std::vector<std::string> gave_up_;
  watch::PartitionWatch watch_{watch::Stage::kPublish,
                               options_.stuck_after,
                               {metrics_, alerts_, clock_, nullptr,
                                [this](const std::string& reason) { gave_up_.push_back(reason); }}};
  std::optional<Worker> worker_;
};

}  // namespace ntsp::publish
