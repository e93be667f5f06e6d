// Questions and orders to the cluster as a whole: used at start, by `ntsp check` and by the lag gauges.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
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

// What an ACL can allow; only those that ntsp needs.
enum class Operation { kRead, kWrite, kCreate, kDescribe, kDescribeConfigs, kIdempotentWrite };
std::string_view Name(Operation operation);  // as ACLs spell it
using Operations = std::set<Operation>;

// Thread-safe.
class Admin {
 public:
  static Result<std::unique_ptr<Admin>> Open(const ClientConfig& config);
  ~Admin();

  // kRetry if no broker answers, or if login or TLS fails, with what to check.
  Result<std::map<std::string, TopicInfo>> Describe(const std::vector<std::string>& topics,
                                                    std::chrono::milliseconds timeout);
  // Replication factor is the broker's default. A topic that exists already is success. kStop: not
  // authorised.
  Result<void> Create(const std::vector<NewTopic>& topics, std::chrono::milliseconds timeout);
  // Effective configuration of a topic ("retention.ms" → "604800000").
  Result<std::map<std::string, std::string>> TopicConfig(const std::string& topic,
                                                         std::chrono::milliseconds timeout);
  Result<int> BrokerCount(std::chrono::milliseconds timeout);

  // What this client may do there, as the broker tells; absent: it does not tell. Nothing is changed by
  // asking. A topic has to exist.
  Result<std::optional<Operations>> TopicRights(const std::string& topic, std::chrono::milliseconds timeout);
  Result<std::optional<Operations>> GroupRights(const std::string& group, std::chrono::milliseconds timeout);
  // Whether a topic that does not exist could be created: success, or why not.
  Result<void> TryCreate(const NewTopic& topic, std::chrono::milliseconds timeout);
  // Whether transactions may be begun with this id: success, or why not. Whoever has it open is fenced.
  Result<void> TryTransactionalId(const std::string& id, std::chrono::milliseconds timeout);

 private:
  struct Impl;
  explicit Admin(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ntsp::kafka
