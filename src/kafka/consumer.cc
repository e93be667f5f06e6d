#include "kafka/consumer.h"

#include <algorithm>
#include <array>
#include <future>
#include <thread>

#include "base/defect.h"
#include "base/log.h"
#include "kafka/consumer_impl.h"
#include "kafka/fetch_share.h"
#include "kafka/partitions.h"
#include "kafka/read_message.h"

namespace ntsp::kafka {
namespace {

constexpr std::chrono::seconds kEndLimit{10};

// The next-generation protocol takes these from the broker and refuses them from us.
bool UsesClassicProtocol(const ClientConfig& config) {
  const auto found = config.properties.find("group.protocol");
  return found == config.properties.end() || found->second == "classic";
}

Result<ConfHandle> MakeConsumerConf(const ClientConfig& config, const Consumer::Options& options) {
  Properties defaults = FetchShare(options.fetch_kilobytes).Defaults();
  defaults.emplace_back("max.poll.interval.ms", "300000");
  return MakeConf(config, defaults,
                  {{"group.id", options.group},
                   {"enable.auto.commit", "false"},
                   {"enable.auto.offset.store", "false"},
                   // Not only hides aborted messages: without it librdkafka does not wait for offsets that
                   // belong to an open transaction, and every takeover would read some messages twice.
                   {"isolation.level", "read_committed"},
                   {"auto.offset.reset", options.fail_when_out_of_range ? "error" : "earliest"},
                   // Without it a partition that has nothing more to read looks like one that is stuck.
                   {"enable.partition.eof", "true"}});
}

ClientConfig WithGroupDefaults(ClientConfig config, const Consumer::Options& options) {
  if (!UsesClassicProtocol(config)) return config;
  const auto session = options.session_timeout.count();
  config.properties.try_emplace("session.timeout.ms", std::to_string(session));
  config.properties.try_emplace("heartbeat.interval.ms",
                                std::to_string(std::min<int64_t>(3'000, session / 3)));
  config.properties["partition.assignment.strategy"] = options.cooperative ? "cooperative-sticky" : "range";
  return config;
}

}  // namespace

Consumer::Consumer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Consumer::~Consumer() {
  Close();
  // The end of a client waits for its threads without a limit.
  auto ended = std::make_shared<std::promise<void>>();
  const auto future = ended->get_future();
  std::thread([impl = std::shared_ptr<Impl>(std::move(impl_)), ended]() mutable {
    impl.reset();
    ended->set_value();
  }).detach();
  if (future.wait_for(kEndLimit) == std::future_status::ready) return;
  log::Warn("kafka-close", "A Kafka client does not end; it is left behind with its threads and memory");
}

Result<std::unique_ptr<Consumer>> Consumer::Open(const ClientConfig& config, const Options& options) {
  auto impl = std::make_unique<Impl>(options);
  NTSP_ASSIGN(ConfHandle conf, MakeConsumerConf(WithGroupDefaults(config, options), options));
  rd_kafka_conf_set_rebalance_cb(conf.get(), Impl::OnRebalance);
  NTSP_TRY(impl->ListenToStatistics(conf.get(), options.on_statistics));
  NTSP_TRY(impl->Start(RD_KAFKA_CONSUMER, std::move(conf), config.tokens));
  // The group's own queue: reading from any other one, messages in batches would hold back its rebalances.
  impl->queue.reset(rd_kafka_queue_get_consumer(impl->get()));
  return std::unique_ptr<Consumer>(new Consumer(std::move(impl)));
}

Result<void> Consumer::Subscribe(const std::vector<std::string>& topics, RebalanceListener& listener) {
  impl_->listener = &listener;
  const PartitionsHandle list(rd_kafka_topic_partition_list_new(static_cast<int>(topics.size())));
  for (const std::string& topic : topics) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  const rd_kafka_resp_err_t code = rd_kafka_subscribe(impl_->get(), list.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return Failure(MakeError(code, "Subscribing", impl_->subject(topics.empty() ? "" : topics.front())));
}

Result<void> Consumer::Poll(std::chrono::milliseconds wait, size_t most, Batch& batch) {
  batch.Clear();
  impl_->batch_bytes = 0;
  if (impl_->closed) return Stop("The consumer of group " + impl_->options.group + " is closed.");
  impl_->ServeEvents();
  NTSP_TRY(impl_->ServeRebalances());
  NTSP_TRY(impl_->TakeError());
  if (auto refusal = impl_->TakeRefusal("Connecting to the brokers")) return Failure(*std::move(refusal));
  // Two reads: one of many would wait until its time is up or it is full.
  impl_->Read(wait, std::min<size_t>(most, 1), batch);
  if (!batch.messages().empty()) impl_->Fill(most, batch);
  if (HasDefect(Defect::kOffsetEarly) && !impl_->options.cooperative) {
    for (const Message& m : batch.messages()) {
      Commit({{TopicPartition{std::string(m.topic), m.partition}, Next(m.offset), ""}});
    }
  }
  if (!batch.messages().empty() || !batch.out_of_range().empty()) return {};
  NTSP_TRY(impl_->ServeRebalances());
  return impl_->TakeError();
}

void Consumer::Impl::Fill(size_t most, Batch& batch) {
  const size_t enough = FetchShare(options.fetch_kilobytes).batch_bytes;
  size_t had = 0;
  while (batch.messages().size() > had && batch.messages().size() < most && batch_bytes < enough) {
    had = batch.messages().size();
    usual_bytes = std::max(batch_bytes / had, usual_bytes / 2) + 1;
    const size_t fit = (enough - batch_bytes) / usual_bytes + 1;
    Read(std::chrono::milliseconds(0), std::min(most - had, fit), batch);
  }
}

uint64_t Consumer::FetchedBytes() const {
  const size_t waiting = impl_->closed ? 0 : rd_kafka_queue_length(impl_->queue.get());
  return impl_->batch_bytes + waiting * (impl_->usual_bytes + kBytesBesideMessage);
}

void Consumer::Impl::Read(std::chrono::milliseconds wait, size_t most, Batch& batch) {
  if (most == 0) return;
  if (buffer.size() < most) buffer.resize(most);
  const ssize_t count = rd_kafka_consume_batch_queue(queue.get(), Millis(wait), buffer.data(), most);
  for (ssize_t i = 0; i < count; ++i) Sort(buffer[static_cast<size_t>(i)], batch);
}

void Consumer::Impl::Sort(rd_kafka_message_t* read, Batch& batch) {
  if (read->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    NoteError(*read, batch);
    rd_kafka_message_destroy(read);
    return;
  }
  batch.handles_.push_back(read);
  batch.messages_.push_back(ToMessage(*read));
  batch_bytes += read->len + read->key_len + kBytesBesideMessage;
}

void Consumer::Impl::NoteError(const rd_kafka_message_t& read, Batch& batch) {
  const std::string topic = read.rkt == nullptr ? "" : rd_kafka_topic_name(read.rkt);
  const char* text = rd_kafka_message_errstr(&read);
  switch (static_cast<int>(read.err)) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      batch.ends_.push_back({{topic, Partition{read.partition}}, Offset{read.offset}});
      return;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case kLogTruncation:
      batch.out_of_range_.push_back(
          {{topic, Partition{read.partition}},
           read.offset >= 0 ? std::optional<Offset>(Offset{read.offset}) : std::nullopt,
           read.err == kLogTruncation});
      return;
    case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED:
      // librdkafka has left the group, and joins it again with the next reads.
      log::Warn("poll-too-late", text, {{"group", options.group}});
      return;
    case RD_KAFKA_RESP_ERR__FATAL:
      error = Error{ErrorKind::kStop, "The consumer of group " + options.group + " broke: " + FatalText()};
      return;
    default:
      break;
  }
  // The first that a person must mend is not replaced by what follows from it.
  if (error && error->kind == ErrorKind::kStop) return;
  error = MakeError(read.err, "Reading" + (topic.empty() ? "" : " topic " + topic), subject(topic),
                    text == nullptr ? "" : text);
}

std::string Consumer::Impl::FatalText() const {
  std::array<char, 512> text{};
  rd_kafka_fatal_error(get(), text.data(), text.size());
  return text.data();
}

Result<void> Consumer::Impl::TakeError() {
  if (!error) return {};
  Failure failure(std::move(*error));
  error.reset();
  return failure;
}

Result<PartitionState> Consumer::Limits(const TopicPartition& partition, std::chrono::milliseconds timeout) {
  PartitionState state{partition, {}, {}};
  const rd_kafka_resp_err_t code =
      rd_kafka_query_watermark_offsets(impl_->get(), partition.topic.c_str(), partition.partition.value,
                                       &state.low.value, &state.high.value, Millis(timeout));
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return state;
  return Failure(
      MakeError(code, "Asking for the limits of " + ToString(partition), impl_->subject(partition.topic)));
}

Result<PartitionState> LimitsForSure(Consumer& consumer, const ClientConfig& config,
                                     const Consumer::Options& options, const TopicPartition& partition,
                                     std::chrono::milliseconds timeout) {
  auto limits = consumer.Limits(partition, timeout);
  if (limits) return limits;
  NTSP_ASSIGN(const auto fresh, Consumer::Open(config, options));
  return fresh->Limits(partition, timeout);
}

std::optional<PartitionState> Consumer::CachedLimits(const TopicPartition& partition) const {
  PartitionState state{partition, {}, {}};
  const rd_kafka_resp_err_t code = rd_kafka_get_watermark_offsets(
      impl_->get(), partition.topic.c_str(), partition.partition.value, &state.low.value, &state.high.value);
  // Negative until the first fetch has been answered. `high` is then the last stable offset: where our
  // readers end.
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR || state.low.value < 0 || state.high.value < 0) return std::nullopt;
  return state;
}

bool Consumer::AssignmentLost() const {
  return rd_kafka_assignment_lost(impl_->get()) != 0;
}

void Consumer::Close() {
  if (!impl_ || impl_->closed) return;
  impl_->Leave();
  // Not before: in OnRevoked the owner still commits.
  impl_->closed = true;
  impl_->noted.clear();
  impl_->queue.reset();
}

}  // namespace ntsp::kafka
