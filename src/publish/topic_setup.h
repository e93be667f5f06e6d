// Makes sure, before any worker starts, that all topics of stage 1 are there and take what it sends.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "publish/cluster.h"
#include "publish/options.h"

namespace ntsp::publish {

// What the dead letter topic takes beyond the raw topic's limit: room for the headers that say why.
inline constexpr size_t kDeadLetterRoom = 64 * 1024;

struct TopicLimits {
  size_t dead_letter_bytes;  // most that a message of the dead letter topic may have
};

class TopicSetup {
 public:
  // Both must outlive it.
  TopicSetup(const Options& options, Cluster& cluster) : options_(options), cluster_(cluster) {}

  // One try. Missing output topics are created: partitions like the raw topic's, 7 days,
  // cleanup.policy=delete. The raw topic never is. kRetry, with a text for people: no broker answers, or the
  // raw topic is missing. kStop: an output topic is missing and may not be created.
  Result<TopicLimits> Prepare();

 private:
  using Infos = std::map<std::string, kafka::TopicInfo>;

  Result<void> CheckDescribed(const Infos& infos) const;
  Result<void> CreateMissing(const Infos& infos);
  kafka::NewTopic NewTopic(const std::string& name, int partitions);
  size_t MaxMessageBytes(const std::string& topic);
  void WarnOfSmallTopics();
  std::vector<std::string> Outputs() const;

  const Options& options_;
  Cluster& cluster_;
  bool limits_readable_ = true;
};

}  // namespace ntsp::publish
