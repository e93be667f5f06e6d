#include "app/conflict.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "app/memory_plan.h"
#include "app/msk_login.h"
#include "app/parse.h"
#include "base/secret.h"

namespace ntsp::app {
namespace {

using Conflicts = std::vector<std::string>;

void SettleArchive(Config& config, Conflicts& out) {
  if (!config.bucket.empty() && !config.archive_uri.empty()) {
    out.push_back(
        fmt::format("AWS_S3_BUCKET={} and ARCHIVE_URI={} are both set: the archive can go to one place only",
                    config.bucket, MaskAddress(config.archive_uri)));
  }
  if (config.archive_uri.empty() && !config.bucket.empty()) {
    config.archive_uri =
        fmt::format("s3://{}{}{}", config.bucket, config.prefix.empty() ? "" : "/", config.prefix);
  }
  if (config.archive_asked == true && config.archive_uri.empty()) {
    out.push_back("S3_EXPORT_ENABLED=true: needs AWS_S3_BUCKET or ARCHIVE_URI, and neither is set");
  }
  if (config.archive_asked == false) config.archive_uri.clear();
}

void CheckTopics(const Config& config, Conflicts& out) {
  struct Topic {
    std::string_view variable;
    const std::string& name;
  };
  const std::array<Topic, 5> topics = {{{"KAFKA_RAW_TOPIC", config.raw_topic},
                                        {"KAFKA_NODE_TOPIC", config.node_topic},
                                        {"KAFKA_INTERFACE_TOPIC", config.interface_topic},
                                        {"KAFKA_ADDRESS_TOPIC", config.address_topic},
                                        {"KAFKA_DEAD_LETTER_TOPIC", config.dead_letter_topic}}};
  for (size_t i = 0; i < topics.size(); ++i) {
    for (size_t j = i + 1; j < topics.size(); ++j) {
      if (topics[i].name != topics[j].name) continue;
      out.push_back(fmt::format("{}={} and {}={}: each must be a topic of its own", topics[i].variable,
                                topics[i].name, topics[j].variable, topics[j].name));
    }
  }
  if (!IsTopicName(config.dead_letter_topic)) {
    out.push_back(
        fmt::format("KAFKA_DEAD_LETTER_TOPIC={}: must be at most 249 characters, set it to a shorter name",
                    config.dead_letter_topic));
  }
}

void CheckMessageSize(const Config& config, Conflicts& out) {
  const auto it = config.kafka.properties.find("message.max.bytes");
  if (it == config.kafka.properties.end()) return;
  if (ParseWhole(it->second, config.max_message_bytes, UINT64_MAX)) return;
  out.push_back(fmt::format("KAFKA_CLIENT_MESSAGE_MAX_BYTES={}: must be at least KAFKA_MAX_MESSAGE_BYTES={}",
                            it->second, config.max_message_bytes));
}

void CheckMemory(const Config& config, Conflicts& out) {
  if (const auto plan = PlanMemory(NeedsOf(config)); !plan) out.push_back(plan.error().message);
}

void CheckLogfire(const Config& config, Conflicts& out) {
  if (config.logfire_token.empty() || config.logfire_api_key.empty()) return;
  if (config.logfire_token == config.logfire_api_key) return;
  out.push_back("LOGFIRE_TOKEN and LOGFIRE_API_KEY are both set and differ: set one of them");
}

}  // namespace

std::vector<std::string> FindConflicts(Config& config) {
  Conflicts conflicts;
  SettleArchive(config, conflicts);
  SettleMskLogin(config, conflicts);
  CheckTopics(config, conflicts);
  CheckMessageSize(config, conflicts);
  CheckMemory(config, conflicts);
  CheckLogfire(config, conflicts);
  return conflicts;
}

}  // namespace ntsp::app
