// An in-process stand-in for Kafka, for `ntsp demo`: librdkafka's mock cluster. It has no transactions, no
// read_committed and drops old data early, so it proves nothing about delivery.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ntsp::kafka {

class MockCluster {
 public:
  static Result<std::unique_ptr<MockCluster>> Start(
      const std::vector<std::pair<std::string, int>>& topics_and_partitions);
  ~MockCluster();
  const std::string& bootstrap_servers() const;

 private:
  struct Impl;
  explicit MockCluster(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ntsp::kafka
