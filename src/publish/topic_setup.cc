#include "publish/topic_setup.h"

#include <charconv>

#include "base/log.h"

namespace ntsp::publish {
namespace {

constexpr size_t kBrokerDefaultBytes = 1'048'588;  // max.message.bytes of a topic that says nothing else
constexpr const char* kRetentionMillis = "604800000";

std::string Joined(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ", ") + name;
  return joined;
}

}  // namespace

Result<TopicLimits> TopicSetup::Prepare() {
  std::vector<std::string> all = Outputs();
  all.push_back(options_.topics.raw);
  NTSP_ASSIGN(const Infos infos, cluster_.Describe(all));
  NTSP_TRY(CheckDescribed(infos));
  NTSP_TRY(CreateMissing(infos));
  WarnOfSmallTopics();
  return TopicLimits{MaxMessageBytes(options_.topics.dead_letter)};
}

Result<void> TopicSetup::CheckDescribed(const Infos& infos) const {
  for (const auto& [name, info] : infos) {
    if (!info.error.empty()) {
      return Retry("topic " + name + " cannot be described: " + info.error +
                   "; if it is about rights, grant Describe on the topic");
    }
  }
  if (!infos.at(options_.topics.raw).exists) {
    return Retry("waiting for the raw topic " + options_.topics.raw +
                 ", which does not exist: create it, or set KAFKA_RAW_TOPIC to the right name");
  }
  return {};
}

Result<void> TopicSetup::CreateMissing(const Infos& infos) {
  std::vector<std::string> names = Outputs();
  std::erase_if(names, [&](const std::string& name) { return infos.at(name).exists; });
  if (names.empty()) return {};
  if (!options_.create_topics) {
    return Stop("missing topics: " + Joined(names) + "; create them, or set KAFKA_CREATE_TOPICS=true");
  }
  std::vector<kafka::NewTopic> missing;
  for (const std::string& name : names) {
    missing.push_back(NewTopic(name, infos.at(options_.topics.raw).partitions));
  }
  const Result<void> created = cluster_.Create(missing);
  if (!created) {
    return Failure(Error{
        created.error().kind,
        "topics " + Joined(names) + " are missing and could not be created: " + created.error().message +
            "; create them, or grant the ACL operation Create on these topics or on the cluster"});
  }
  log::Info("topics-created", "Missing output topics were created", {{"topics", Joined(names)}});
  return {};
}

kafka::NewTopic TopicSetup::NewTopic(const std::string& name, int partitions) {
  // The broker's time, which a wrong clock of ours cannot spoil: it would refuse messages from the future,
  // and delete those from the past too early.
  kafka::NewTopic topic{name,
                        partitions,
                        {{"cleanup.policy", "delete"},
                         {"retention.ms", kRetentionMillis},
                         {"message.timestamp.type", "LogAppendTime"}}};
  if (name == options_.topics.dead_letter) {
    topic.config["max.message.bytes"] =
        std::to_string(MaxMessageBytes(options_.topics.raw) + kDeadLetterRoom);
  }
  return topic;
}

// Kafka's default where it cannot be read: that needs the ACL operation DescribeConfigs, and working does
// not. Who does not answer once is not asked again: the demo's stand-in for Kafka never does, and each
// question takes its time.
size_t TopicSetup::MaxMessageBytes(const std::string& topic) {
  if (!limits_readable_) return kBrokerDefaultBytes;
  const auto config = cluster_.TopicConfig(topic);
  if (!config) {
    limits_readable_ = false;
    log::Warn("topic-limits-unknown", config.error().message,
              {{"assumed_max_message_bytes", kBrokerDefaultBytes}});
    return kBrokerDefaultBytes;
  }
  size_t bytes = kBrokerDefaultBytes;
  if (const auto found = config->find("max.message.bytes"); found != config->end()) {
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), bytes);
  }
  return bytes;
}

void TopicSetup::WarnOfSmallTopics() {
  for (const Table table : kTables) {
    const std::string& topic = options_.topics.Of(table);
    const size_t bytes = MaxMessageBytes(topic);
    if (bytes >= options_.max_message_bytes) continue;
    log::Warn("topic-too-small",
              "The topic takes smaller messages than KAFKA_MAX_MESSAGE_BYTES allows; messages in between are "
              "refused "
              "and their raw messages become dead letters: lower the setting or raise the topic's "
              "max.message.bytes",
              {{"topic", topic}, {"max_message_bytes", bytes}, {"setting", options_.max_message_bytes}});
  }
}

std::vector<std::string> TopicSetup::Outputs() const {
  std::vector<std::string> outputs;
  for (const Table table : kTables) outputs.push_back(options_.topics.Of(table));
  outputs.push_back(options_.topics.dead_letter);
  return outputs;
}

}  // namespace ntsp::publish
