#include "app/check_kafka.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <set>
#include <string_view>
#include <thread>

#include "app/check_rights.h"
#include "kafka/admin.h"
#include "kafka/consumer.h"

namespace ntsp::app {
namespace {

constexpr std::chrono::milliseconds kTimeout{10'000};
constexpr int64_t kDayMillis = 86'400'000;

class KafkaCheck {
 public:
  KafkaCheck(const Config& config, kafka::Admin& admin, CheckList& list)
      : config_(config), admin_(admin), list_(list), rights_(config, admin, list) {}

  // False if nobody answers: then there is nothing else to ask.
  bool Brokers() {
    const auto count = admin_.BrokerCount(kTimeout);
    if (!count) {
      list_.Fail("brokers " + config_.kafka.bootstrap_servers, count.error().message);
      return false;
    }
    list_.Ok(fmt::format("brokers {}: {} of them", config_.kafka.bootstrap_servers, *count));
    return true;
  }

  void Topics() {
    const std::array<std::string, 4> outputs = {config_.node_topic, config_.interface_topic,
                                                config_.address_topic, config_.dead_letter_topic};
    std::vector<std::string> all(outputs.begin(), outputs.end());
    all.push_back(config_.raw_topic);
    const auto infos = admin_.Describe(all, kTimeout);
    if (!infos) return list_.Fail("topics", infos.error().message);
    Raw(infos->at(config_.raw_topic));
    for (const std::string& topic : outputs) Output(topic, infos->at(topic));
  }

  // Asks the group's coordinator, as a member would.
  void Group(const std::string& group, const std::string& topic) {
    if (!rights_.Group(group)) return;
    if (forbidden_.contains(topic)) return;  // its line has been written
    kafka::Consumer::Options options;
    options.group = group;
    auto consumer = kafka::Consumer::Open(config_.kafka, options);
    if (!consumer) return list_.Fail("group " + group, consumer.error().message);
    const auto committed = Committed(**consumer, topic);
    if (!committed) return list_.Fail("group " + group, committed.error().message);
    list_.Ok(fmt::format("group {}: its positions can be read", group));
  }

 private:
  // A cluster that has just been started needs a moment to find its coordinators.
  static Result<std::vector<kafka::Position>> Committed(kafka::Consumer& consumer, const std::string& topic) {
    const auto until = std::chrono::steady_clock::now() + kTimeout;
    for (;;) {
      auto committed = consumer.Committed({{topic, {0}}}, kTimeout);
      const bool again = !committed && committed.error().kind == ErrorKind::kRetry;
      if (!again || std::chrono::steady_clock::now() >= until) return committed;
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
  }

  void Raw(const kafka::TopicInfo& info) {
    const std::string name = "topic " + config_.raw_topic;
    if (!Allowed(name, config_.raw_topic, info)) return;
    if (!info.exists)
      return list_.Fail(name, "it does not exist; create it, or set KAFKA_RAW_TOPIC to the right name");
    list_.Ok(fmt::format("{}: {} partitions", name, info.partitions));
    if (static_cast<uint64_t>(info.partitions) < config_.normalize_workers) {
      list_.Note(fmt::format("{}: {} of {} NORMALIZE_WORKERS will have nothing to do", name,
                             config_.normalize_workers - static_cast<uint64_t>(info.partitions),
                             config_.normalize_workers));
    }
  }

  void Output(const std::string& topic, const kafka::TopicInfo& info) {
    const std::string name = "topic " + topic;
    if (!Allowed(name, topic, info)) return;
    if (info.exists) {
      list_.Ok(fmt::format("{}: {} partitions", name, info.partitions));
      return Limits(name, topic);
    }
    if (config_.create_topics) {
      if (rights_.Creation(topic)) list_.Ok(name + ": does not exist yet; `ntsp run` creates it");
      return;
    }
    list_.Fail(name, "it does not exist; create it, or set KAFKA_CREATE_TOPICS=true");
  }

  // A topic that may not be described at all has an error, but not one that names what is missing.
  bool Allowed(const std::string& name, const std::string& topic, const kafka::TopicInfo& info) {
    if (!info.exists && info.error.empty()) return true;
    const bool allowed = rights_.Topic(topic);
    if (allowed && !info.error.empty()) list_.Fail(name, info.error);
    if (!allowed || !info.error.empty()) forbidden_.insert(topic);
    return !forbidden_.contains(topic);
  }

  void Limits(const std::string& name, const std::string& topic) {
    const auto settings = admin_.TopicConfig(topic, kTimeout);
    if (!settings)
      return list_.Note(fmt::format("{}: its settings cannot be read: {}", name, settings.error().message));
    const auto bytes = Number(*settings, "max.message.bytes");
    if (bytes && *bytes < static_cast<int64_t>(config_.max_message_bytes)) {
      list_.Fail(name,
                 fmt::format("its max.message.bytes is {}; raise it to {}, or lower KAFKA_MAX_MESSAGE_BYTES",
                             *bytes, config_.max_message_bytes));
    }
    const auto retention = Number(*settings, "retention.ms");
    const bool archived = config_.archive_enabled() && topic != config_.dead_letter_topic;
    if (archived && retention && *retention >= 0 && *retention < kDayMillis) {
      list_.Note(fmt::format("{}: retention.ms is {}: records are lost if the archive is away for longer",
                             name, *retention));
    }
  }

  static std::optional<int64_t> Number(const std::map<std::string, std::string>& settings,
                                       const std::string& key) {
    const auto it = settings.find(key);
    if (it == settings.end()) return std::nullopt;
    int64_t number = 0;
    const auto [end, error] =
        std::from_chars(it->second.data(), it->second.data() + it->second.size(), number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
  }

  const Config& config_;
  kafka::Admin& admin_;
  CheckList& list_;
  RightsCheck rights_;
  std::set<std::string> forbidden_;  // topics that may not be used as they must be
};

}  // namespace

void CheckKafka(const Config& config, CheckList& list) {
  const auto admin = kafka::Admin::Open(config.kafka);
  if (!admin) return list.Fail("brokers " + config.kafka.bootstrap_servers, admin.error().message);
  KafkaCheck check(config, **admin, list);
  if (!check.Brokers()) return;
  check.Topics();
  check.Group(config.consumer_group, config.raw_topic);
  if (config.archive_enabled()) check.Group(config.consumer_group + "-archive", config.node_topic);
  if (config.exactly_once) RightsCheck(config, **admin, list).TransactionalIds();
}

}  // namespace ntsp::app
