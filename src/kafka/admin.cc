#include "kafka/admin.h"

#include <array>
#include <optional>
#include <span>
#include <thread>

#include "kafka/client.h"
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

}  // namespace

struct Admin::Impl : Client {
  explicit Impl(std::string servers) : bootstrap_servers(std::move(servers)) {}

  // What a call without an answer means, with the cause that the connections told.
  Error NoAnswer(rd_kafka_resp_err_t code, const std::string& what);
  Result<MetadataHandle> Metadata(rd_kafka_topic_t* topic, milliseconds timeout);
  Result<TopicInfo> DescribeOne(const std::string& topic, milliseconds timeout);
  Result<void> CreateAll(const std::vector<NewTopic>& topics, int replication, milliseconds timeout);
  // Waits for the answer of an admin request that was sent to `replies`.
  Result<EventHandle> Answer(rd_kafka_queue_t* replies, const std::string& what, milliseconds timeout);

  const std::string bootstrap_servers;
};

Admin::Admin(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Admin::~Admin() = default;

Result<std::unique_ptr<Admin>> Admin::Open(const ClientConfig& config) {
  auto impl = std::make_unique<Impl>(config.bootstrap_servers);
  NTSP_ASSIGN(ConfHandle conf, MakeConf(config, {}, {}));
  NTSP_TRY(impl->Start(RD_KAFKA_PRODUCER, std::move(conf)));
  return std::unique_ptr<Admin>(new Admin(std::move(impl)));
}

Error Admin::Impl::NoAnswer(rd_kafka_resp_err_t code, const std::string& what) {
  ServeEvents();
  const auto [trouble, text] = TakeTrouble();
  const bool silent = code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__TIMED_OUT ||
                      code == RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE ||
                      code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN;
  if (!silent) return MakeError(code, what, {});
  if (KindOf(trouble) == ErrorKind::kStop) return MakeError(trouble, what, {}, text);
  const bool in_handshake = text.find("SSL_HANDSHAKE") != std::string::npos;
  const std::string advice = in_handshake
                                 ? Advice(RD_KAFKA_RESP_ERR__SSL, {})
                                 : "Check KAFKA_BOOTSTRAP_SERVERS and that the brokers' advertised listeners "
                                   "can be reached from here.";
  return {ErrorKind::kRetry, what + " failed: no broker answers at " + bootstrap_servers +
                                 (text.empty() ? "" : " (" + text + ")") + ". " + advice};
}

Result<MetadataHandle> Admin::Impl::Metadata(rd_kafka_topic_t* topic, milliseconds timeout) {
  const rd_kafka_metadata_t* raw = nullptr;
  const rd_kafka_resp_err_t code = rd_kafka_metadata(get(), /*all_topics=*/0, topic, &raw, Millis(timeout));
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return MetadataHandle(raw);
  return Failure(NoAnswer(code, topic == nullptr
                                    ? "Asking for the brokers"
                                    : "Asking for topic " + std::string(rd_kafka_topic_name(topic))));
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

namespace {

AdminOptionsHandle WithTimeout(rd_kafka_t* client, rd_kafka_admin_op_t operation, milliseconds timeout) {
  AdminOptionsHandle options(rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 256> ignored{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), Millis(timeout), ignored.data(), ignored.size());
  return options;
}

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

Result<void> Admin::Impl::CreateAll(const std::vector<NewTopic>& topics, int replication,
                                    milliseconds timeout) {
  std::vector<NewTopicHandle> handles;
  std::vector<rd_kafka_NewTopic_t*> borrowed;
  for (const NewTopic& topic : topics) {
    NTSP_ASSIGN(NewTopicHandle handle, ToHandle(topic, replication));
    borrowed.push_back(handle.get());
    handles.push_back(std::move(handle));
  }
  const QueueHandle replies(rd_kafka_queue_new(get()));
  const AdminOptionsHandle options = WithTimeout(get(), RD_KAFKA_ADMIN_OP_CREATETOPICS, timeout);
  rd_kafka_CreateTopics(get(), borrowed.data(), borrowed.size(), options.get(), replies.get());
  NTSP_ASSIGN(const EventHandle event, Answer(replies.get(), "Creating topics", timeout));
  return FirstFailure(*rd_kafka_event_CreateTopics_result(event.get()));
}

Result<void> Admin::Create(const std::vector<NewTopic>& topics, milliseconds timeout) {
  if (topics.empty()) return {};
  const Result<void> created = impl_->CreateAll(topics, kBrokersChoice, timeout);
  if (created || created.error().kind != ErrorKind::kStop) return created;
  // Either an old broker that wants a number, or a refusal that the number does not change.
  const Result<int> brokers = BrokerCount(timeout);
  if (!brokers) return created;
  const Result<void> again = impl_->CreateAll(topics, std::min(*brokers, kUsualReplication), timeout);
  return again ? again : created;
}

Result<std::map<std::string, std::string>> Admin::TopicConfig(const std::string& topic,
                                                              milliseconds timeout) {
  const ConfigResourceHandle resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  const QueueHandle replies(rd_kafka_queue_new(impl_->get()));
  const AdminOptionsHandle options = WithTimeout(impl_->get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeout);
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
