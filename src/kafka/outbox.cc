#include "kafka/outbox.h"

#include <algorithm>
#include <array>

#include "kafka/errors.h"
#include "kafka/fetch_share.h"
#include "kafka/partitions.h"

namespace ntsp::kafka {
namespace {

constexpr int kFullQueueWaitMillis = 50;
// What librdkafka's batch.size says, too.
constexpr size_t kBatchBytes = 1'000'000;
// Brokers that do not answer by then are not asked again before the end of the batch, which says so.
constexpr std::chrono::milliseconds kWindowLimit{5'000};

Properties Common(const ProducerOptions& options) {
  return {{"enable.idempotence", "true"},
          {"acks", "all"},
          {"message.max.bytes", std::to_string(options.message_max_bytes)},
          {"queue.buffering.max.kbytes", std::to_string(options.queue_kilobytes)},
          // Short messages take more beside their bytes than for them.
          {"queue.buffering.max.messages",
           std::to_string(std::max<size_t>(options.queue_kilobytes * 1024 / kBytesBesideMessage, 1'000))},
          // Success is known by the flush; a report for each message would cost as much as the message.
          {"delivery.report.only.error", "true"}};
}

HeadersHandle ToHeaders(const std::vector<Header>& headers) {
  if (headers.empty()) return nullptr;
  HeadersHandle list(rd_kafka_headers_new(headers.size()));
  for (const auto& [name, value] : headers) {
    rd_kafka_header_add(list.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return list;
}

// librdkafka reads a null pointer as "no key" or "no value", also where the size says "empty".
const void* NotNull(std::string_view text) {
  return text.data() == nullptr ? "" : text.data();
}

}  // namespace

Result<std::unique_ptr<Outbox>> Outbox::Open(const ClientConfig& config, const ProducerOptions& options,
                                             Sending sending, const Properties& fixed) {
  Properties all = Common(options);
  all.insert(all.end(), fixed.begin(), fixed.end());
  NTSP_ASSIGN(ConfHandle conf, MakeConf(config,
                                        {{"linger.ms", sending == Sending::kAtFlush ? "1000" : "5"},
                                         {"compression.codec", options.compression},
                                         // After each transaction the coordinator is busy for a moment; the
                                         // default of 100 ms would make every commit wait that long.
                                         {"retry.backoff.ms", "10"}},
                                        all));
  rd_kafka_conf_set_dr_msg_cb(conf.get(), OnDelivery);
  auto outbox = std::make_unique<Outbox>(std::min(kBatchBytes, options.message_max_bytes));
  NTSP_TRY(outbox->ListenToStatistics(conf.get(), options.on_statistics));
  NTSP_TRY(outbox->Start(RD_KAFKA_PRODUCER, std::move(conf), config.tokens));
  return outbox;
}

Outbox::~Outbox() {
  topics_.clear();
  if (get() == nullptr) return;
  // Else the end would wait for messages that nobody will commit.
  Purge();
  Destroy();
}

Result<void> Outbox::Produce(const OutgoingMessage& message) {
  rd_kafka_topic_t* const topic = TopicOf(message.topic);
  window_.Next(message.key.size() + message.value.size());
  rd_kafka_resp_err_t code = Enqueue(topic, message);
  // It ends: whatever is in the queue is delivered or given up after message.timeout.ms.
  while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
    rd_kafka_poll(get(), kFullQueueWaitMillis);
    code = Enqueue(topic, message);
  }
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
    if (window_.Full() && !unanswered_) Flush(kWindowLimit);
    return {};
  }
  const std::string name(message.topic);
  if (code == RD_KAFKA_RESP_ERR__STATE)
    return Retry("The batch has failed already, so nothing more is taken for " + name + ".");
  return Failure(MakeError(code, "Producing to " + name, {.topic = name}));
}

rd_kafka_resp_err_t Outbox::Enqueue(rd_kafka_topic_t* topic, const OutgoingMessage& message) {
  HeadersHandle headers = ToHeaders(message.headers);
  const void* const key = message.has_key ? NotNull(message.key) : nullptr;
  const rd_kafka_resp_err_t code =
      rd_kafka_producev(get(), RD_KAFKA_V_RKT(topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                        RD_KAFKA_V_KEY(key, message.has_key ? message.key.size() : 0),
                        RD_KAFKA_V_VALUE(const_cast<void*>(NotNull(message.value)), message.value.size()),
                        RD_KAFKA_V_HEADERS(headers.get()), RD_KAFKA_V_END);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) (void)headers.release();  // librdkafka's, with the message
  return code;
}

rd_kafka_topic_t* Outbox::TopicOf(std::string_view name) {
  const auto found = topics_.find(name);
  if (found != topics_.end()) return found->second.handle.get();
  Topic& topic = topics_[std::string(name)];
  TopicConfHandle conf(rd_kafka_default_topic_conf_dup(get()));
  window_.Watch(conf.get(), topic.given);
  topic.handle.reset(rd_kafka_topic_new(get(), std::string(name).c_str(), conf.release()));
  return topic.handle.get();
}

void Outbox::Begin() {
  TakeFailure();
  window_.Clear();
  unanswered_ = false;
}

bool Outbox::Flush(std::chrono::milliseconds limit) {
  window_.Clear();
  const auto end = std::chrono::steady_clock::now() + limit;
  // It looks each 10 ms whether all is done, or when its time is up.
  do {
    unanswered_ = rd_kafka_flush(get(), 1) != RD_KAFKA_RESP_ERR_NO_ERROR;
  } while (unanswered_ && std::chrono::steady_clock::now() < end);
  return !unanswered_;
}

void Outbox::Purge() {
  rd_kafka_purge(get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  ServeEvents();
}

DeliveryFailure Outbox::TakeFailure() {
  return std::exchange(failure_, {});
}

std::string Outbox::FatalText(rd_kafka_resp_err_t* code) const {
  std::array<char, 512> text{};
  *code = rd_kafka_fatal_error(get(), text.data(), text.size());
  return text.data();
}

void Outbox::OnDelivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
  DeliveryFailure& failure = static_cast<Outbox&>(*static_cast<Client*>(opaque)).failure_;
  const rd_kafka_resp_err_t code = message->err;
  // Given up by ourselves, in an abort.
  if (code == RD_KAFKA_RESP_ERR__PURGE_QUEUE || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT) return;
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  const bool rejected = IsMessageRejected(code);
  if (failure.any && (failure.message_rejected || !rejected)) return;
  const std::string topic = rd_kafka_topic_name(message->rkt);
  failure = {.any = true,
             .message_rejected = rejected,
             .reason = MakeError(code, "Publishing to " + topic, {.topic = topic}).message};
}

}  // namespace ntsp::kafka
