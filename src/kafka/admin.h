// Questions and orders to the cluster as a whole: used at start, by `ntsp check` and by the lag gauges.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/types.h"
#include "kafka/client_config.h"

namespace ntsp::kafka {

struct TopicInfo {
  bool exists = false;
  int partitions = 0;
  std::string error;  // why it cannot be described, if not simply missing
};

struct NewTopic {
  std::string name;
  int partitions = 1;
  std::map<std::string, std::string> config;  // retention.ms, cleanup.policy, max.message.bytes, …
};

// Thread-safe.
class Admin {
 public:
  static Result<std::unique_ptr<Admin>> Open(const ClientConfig& config);
  ~Admin();

  // kRetry if no broker answers; kStop if authentication or TLS fails, with what to check.
  Result<std::map<std::string, TopicInfo>> Describe(const std::vector<std::string>& topics,
                                                    std::chrono::milliseconds timeout);
  // Replication factor is the broker's default. A topic that exists already is success. kStop: not
  // authorised.
  Result<void> Create(const std::vector<NewTopic>& topics, std::chrono::milliseconds timeout);
  // Effective configuration of a topic ("retention.ms" → "604800000").
  Result<std::map<std::string, std::string>> TopicConfig(const std::string& topic,
                                                         std::chrono::milliseconds timeout);
  Result<int> BrokerCount(std::chrono::milliseconds timeout);

 private:
  struct Impl;
  explicit Admin(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ntsp::kafka
