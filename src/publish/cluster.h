// The cluster as stage 1 needs it at start: the few questions and orders to kafka::Admin, so that the rules
// for topics can be tested without a broker.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kafka/admin.h"

namespace ntsp::publish {

// Calls and errors as kafka::Admin says.
class Cluster {
 public:
  virtual ~Cluster() = default;
  virtual Result<std::map<std::string, kafka::TopicInfo>> Describe(
      const std::vector<std::string>& topics) = 0;
  virtual Result<void> Create(const std::vector<kafka::NewTopic>& topics) = 0;
  virtual Result<std::map<std::string, std::string>> TopicConfig(const std::string& topic) = 0;
};

class KafkaCluster : public Cluster {
 public:
  explicit KafkaCluster(std::unique_ptr<kafka::Admin> admin) : admin_(std::move(admin)) {}

  Result<std::map<std::string, kafka::TopicInfo>> Describe(const std::vector<std::string>& topics) override {
    return admin_->Describe(topics, kPatience);
  }
  Result<void> Create(const std::vector<kafka::NewTopic>& topics) override {
    return admin_->Create(topics, kPatience);
  }
  Result<std::map<std::string, std::string>> TopicConfig(const std::string& topic) override {
    return admin_->TopicConfig(topic, kConfigPatience);
  }

 private:
  static constexpr std::chrono::milliseconds kPatience{10'000};
  static constexpr std::chrono::milliseconds kConfigPatience{2'000};  // a start need not wait long for advice
  std::unique_ptr<kafka::Admin> admin_;
};

}  // namespace ntsp::publish
