#include "kafka/admin.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <thread>

#include "kafka/admin_impl.h"
#include "kafka/errors.h"
#include "kafka/partitions.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Between two looks at a topic that is being made or has no leader yet.
constexpr milliseconds kLeaderNap{100};
// Brokers before 2.4 do not choose the replication factor themselves.
constexpr int kBrokersChoice = -1;
constexpr int kUsualReplication = 3;

// Between two looks at what the connections say while a question has no answer.
constexpr milliseconds kLook{500};
// A broker that hangs up may only be starting; one that still does so after this speaks another language.
constexpr milliseconds kPatience{3'000};

bool IsSilence(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__TIMED_OUT ||
         code == RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE || code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN;
}

}  // namespace

Admin::Admin(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Admin::~Admin() = default;

Result<std::unique_ptr<Admin>> Admin::Open(const ClientConfig& config) {
  auto impl = std::make_unique<Impl>(config);
  NTSP_ASSIGN(ConfHandle conf, MakeConf(config, {}, {}));
  NTSP_TRY(impl->Start(RD_KAFKA_PRODUCER, std::move(conf), config.tokens));
  return std::unique_ptr<Admin>(new Admin(std::move(impl)));
}

Error Admin::Impl::NoAnswer(rd_kafka_resp_err_t code, const std::string& what) {
  ServeEvents();
  if (!IsSilence(code)) return MakeError(code, what, {});
  if (auto refusal = TakeRefusal(what)) return *std::move(refusal);
  const Trouble heard = TakeTrouble();
  const std::string explained = Explained(heard);
  const std::string advice = !explained.empty() ? explained
                                                : "Check KAFKA_BOOTSTRAP_SERVERS and that the brokers' "
                                                  "advertised listeners can be reached from here.";
  return {ErrorKind::kRetry, what + " failed: no broker answers at " + config.bootstrap_servers +
                                 (heard.text.empty() ? "" : " (" + heard.text + ")") + ". " + advice};
}

// In short looks: a refusal is told at once, not when all the time is over.
Result<MetadataHandle> Admin::Impl::Metadata(rd_kafka_topic_t* topic, milliseconds timeout) {
  const auto begin = steady_clock::now();
  for (;;) {
    const auto spent = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
    const milliseconds look = std::clamp(timeout - spent, milliseconds(1), kLook);
    const rd_kafka_metadata_t* raw = nullptr;
    const rd_kafka_resp_err_t code = rd_kafka_metadata(get(), /*all_topics=*/0, topic, &raw, Millis(look));
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return MetadataHandle(raw);
    ServeEvents();
    const bool hopeless = IsRefusal(trouble().code) || (spent > kPatience && !Explained(trouble()).empty());
    if (!IsSilence(code) || hopeless || spent + look >= timeout) {
      return Failure(NoAnswer(code, topic == nullptr
                                        ? "Asking for the brokers"
                                        : "Asking for topic " + std::string(rd_kafka_topic_name(topic))));
    }
    std::this_thread::sleep_for(kLeaderNap);
  }
}

Result<TopicInfo> Admin::Impl::DescribeOne(const std::string& topic, milliseconds timeout) {
  const TopicHandle handle(rd_kafka_topic_new(get(), topic.c_str(), nullptr));
  const auto deadline = steady_clock::now() + timeout;
  for (;;) {
    NTSP_ASSIGN(const MetadataHandle metadata, Metadata(handle.get(), timeout));
    const rd_kafka_metadata_topic& found = metadata->topics[0];
    if (found.err == RD_KAFKA_RESP_ERR_NO_ERROR) return TopicInfo{true, found.partition_cnt, ""};
    if (found.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return TopicInfo{};
    const bool electing = found.err == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE;
    if (!electing || steady_clock::now() > deadline) {
      return TopicInfo{false, 0, MakeError(found.err, "Describing topic " + topic, {.topic = topic}).message};
    }
    std::this_thread::sleep_for(kLeaderNap);
  }
}

Result<std::map<std::string, TopicInfo>> Admin::Describe(const std::vector<std::string>& topics,
                                                         milliseconds timeout) {
  std::map<std::string, TopicInfo> infos;
  for (const std::string& topic : topics) {
    NTSP_ASSIGN(infos[topic], impl_->DescribeOne(topic, timeout));
  }
  return infos;
}

Result<EventHandle> Admin::Impl::Answer(rd_kafka_queue_t* replies, const std::string& what,
                                        milliseconds timeout) {
  // The request has the same limit and always answers; the second is for the answer's way through librdkafka.
  EventHandle event(rd_kafka_queue_poll(replies, Millis(timeout) + 1'000));
  if (!event) return Failure(NoAnswer(RD_KAFKA_RESP_ERR__TIMED_OUT, what));
  const rd_kafka_resp_err_t code = rd_kafka_event_error(event.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return Failure(NoAnswer(code, what));
  return event;
}

AdminOptionsHandle Admin::Impl::Options(rd_kafka_admin_op_t operation, milliseconds timeout) {
  AdminOptionsHandle options(rd_kafka_AdminOptions_new(get(), operation));
  std::array<char, 256> ignored{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), Millis(timeout), ignored.data(), ignored.size());
  return options;
}

namespace {

Result<NewTopicHandle> ToHandle(const NewTopic& topic, int replication) {
  std::array<char, 256> error{};
  NewTopicHandle handle(
      rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, replication, error.data(), error.size()));
  if (!handle) return Stop("Topic " + topic.name + " cannot be made: " + error.data());
  for (const auto& [name, value] : topic.config) {
    rd_kafka_NewTopic_set_config(handle.get(), name.c_str(), value.c_str());
  }
  return handle;
}

Result<void> FirstFailure(const rd_kafka_CreateTopics_result_t& result) {
  size_t count = 0;
  const rd_kafka_topic_result_t** const topics = rd_kafka_CreateTopics_result_topics(&result, &count);
  for (const rd_kafka_topic_result_t* topic : std::span(topics, count)) {
    const rd_kafka_resp_err_t code = rd_kafka_topic_result_error(topic);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    const std::string name = rd_kafka_topic_result_name(topic);
    const char* const text = rd_kafka_topic_result_error_string(topic);
    Error error = MakeError(code, "Creating topic " + name, {.topic = name}, text == nullptr ? "" : text);
    const bool forbidden = code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
                           code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED;
    if (forbidden) {
      error.message = "Creating topic " + name +
                      " is not allowed: give this user the ACL Create on the topic or the "
                      "cluster, or make the topic yourself and set KAFKA_CREATE_TOPICS=false.";
    }
    return Failure(std::move(error));
  }
  return {};
}

}  // namespace

Result<void> Admin::Impl::CreateAll(const std::vector<NewTopic>& topics, int replication, bool only_validate,
                                    milliseconds timeout) {
  std::vector<NewTopicHandle> handles;
  std::vector<rd_kafka_NewTopic_t*> borrowed;
  for (const NewTopic& topic : topics) {
    NTSP_ASSIGN(NewTopicHandle handle, ToHandle(topic, replication));
    borrowed.push_back(handle.get());
    handles.push_back(std::move(handle));
  }
  const QueueHandle replies(rd_kafka_queue_new(get()));
  const AdminOptionsHandle options = Options(RD_KAFKA_ADMIN_OP_CREATETOPICS, timeout);
  std::array<char, 256> ignored{};
  rd_kafka_AdminOptions_set_validate_only(options.get(), only_validate, ignored.data(), ignored.size());
  rd_kafka_CreateTopics(get(), borrowed.data(), borrowed.size(), options.get(), replies.get());
  NTSP_ASSIGN(const EventHandle event, Answer(replies.get(), "Creating topics", timeout));
  return FirstFailure(*rd_kafka_event_CreateTopics_result(event.get()));
}

Result<void> Admin::Create(const std::vector<NewTopic>& topics, milliseconds timeout) {
  if (topics.empty()) return {};
  const Result<void> created = impl_->CreateAll(topics, kBrokersChoice, false, timeout);
  if (created || created.error().kind != ErrorKind::kStop) return created;
  // Either an old broker that wants a number, or a refusal that the number does not change.
  const Result<int> brokers = BrokerCount(timeout);
  if (!brokers) return created;
  const Result<void> again = impl_->CreateAll(topics, std::min(*brokers, kUsualReplication), false, timeout);
  return again ? again : created;
}

Result<std::map<std::string, std::string>> Admin::TopicConfig(const std::string& topic,
                                                              milliseconds timeout) {
  const ConfigResourceHandle resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  const QueueHandle replies(rd_kafka_queue_new(impl_->get()));
  const AdminOptionsHandle options = impl_->Options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeout);
  rd_kafka_ConfigResource_t* asked = resource.get();
  const std::string what = "Asking for the configuration of topic " + topic;
  rd_kafka_DescribeConfigs(impl_->get(), &asked, 1, options.get(), replies.get());
  NTSP_ASSIGN(const EventHandle event, impl_->Answer(replies.get(), what, timeout));

  size_t count = 0;
  const auto* const result = rd_kafka_event_DescribeConfigs_result(event.get());
  const rd_kafka_ConfigResource_t** const answers = rd_kafka_DescribeConfigs_result_resources(result, &count);
  if (count == 0) return Retry(what + " failed: the broker's answer is empty.");
  if (const rd_kafka_resp_err_t code = rd_kafka_ConfigResource_error(answers[0]);
      code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    Error error = MakeError(code, what, {.topic = topic});
    if (code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) {
      error.message = what + " is not allowed: give this user the ACL DescribeConfigs on the topic.";
    }
    return Failure(std::move(error));
  }
  std::map<std::string, std::string> config;
  const rd_kafka_ConfigEntry_t** const entries = rd_kafka_ConfigResource_configs(answers[0], &count);
  for (const rd_kafka_ConfigEntry_t* entry : std::span(entries, count)) {
    const char* const value = rd_kafka_ConfigEntry_value(entry);
    if (value != nullptr) config[rd_kafka_ConfigEntry_name(entry)] = value;
  }
  return config;
}

Result<int> Admin::BrokerCount(milliseconds timeout) {
  NTSP_ASSIGN(const MetadataHandle metadata, impl_->Metadata(nullptr, timeout));
  return metadata->broker_cnt;
}

}  // namespace ntsp::kafka
