#include "kafka/log_reader.h"

#include <algorithm>
#include <array>
#include <thread>

#include "kafka/client.h"
#include "kafka/errors.h"
#include "kafka/fetch_share.h"
#include "kafka/partitions.h"
#include "kafka/read_message.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr size_t kBatch = 500;
constexpr milliseconds kWait{200};

struct MessageDeleter {
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};
using MessageHandle = std::unique_ptr<rd_kafka_message_t, MessageDeleter>;

PartitionsHandle ListOf(const TopicPartition& partition, int64_t number) {
  return ToList(std::vector<std::pair<TopicPartition, Offset>>{{partition, Offset{number}}});
}

// The progress of one Read.
struct Progress {
  const TopicPartition& partition;
  Offset next;
  const Offset to;
  bool ended = false;
  steady_clock::time_point heard = steady_clock::now();
};

class GrouplessReader : public LogReader, private Client {
 public:
  explicit GrouplessReader(LogReaderOptions options) : options_(std::move(options)) {}
  Result<void> Open(const ClientConfig& config);

  Result<PartitionState> Limits(const TopicPartition& partition) override;
  Result<std::optional<Offset>> FirstAt(const TopicPartition& partition, Timestamp time) override;
  Result<std::vector<Position>> Committed(const std::vector<TopicPartition>& partitions) override;
  Result<void> Read(const TopicPartition& partition, Offset from, Offset to, const Visit& visit) override;
  std::vector<Header> HeadersOf(const Message& message) override { return Headers(message); }

 private:
  Result<PartitionState> AskLimits(const TopicPartition& partition);
  Result<std::optional<Offset>> AskFirstAt(const TopicPartition& partition, Timestamp time);
  Result<std::vector<Position>> AskCommitted(const std::vector<TopicPartition>& partitions);
  // Again while a leader or coordinator is being found or moved: a moment, in which a command need not fail.
  template <typename Ask>
  auto Patiently(Ask ask);
  Result<void> Check(rd_kafka_resp_err_t code, const std::string& what, const std::string& topic = "");
  Result<void> Assign(const rd_kafka_topic_partition_list_t* list, const TopicPartition& partition);
  std::vector<MessageHandle> Next();
  Error Stalled(const Progress& progress);

  const LogReaderOptions options_;
  QueueHandle queue_;
};

Result<void> GrouplessReader::Open(const ClientConfig& config) {
  NTSP_ASSIGN(ConfHandle conf, MakeConf(config, FetchShare(options_.fetch_kilobytes).Defaults(),
                                        {{"group.id", options_.group},
                                         {"enable.auto.commit", "false"},
                                         {"enable.auto.offset.store", "false"},
                                         {"isolation.level", "read_committed"},
                                         // What is not there any more is left out.
                                         {"auto.offset.reset", "earliest"},
                                         // The last offsets may be transaction markers, which no reader sees:
                                         // only this event tells that there is nothing behind them.
                                         {"enable.partition.eof", "true"}}));
  NTSP_TRY(Start(RD_KAFKA_CONSUMER, std::move(conf), config.tokens));
  queue_.reset(rd_kafka_queue_get_consumer(get()));
  return {};
}

Result<void> GrouplessReader::Check(rd_kafka_resp_err_t code, const std::string& what,
                                    const std::string& topic) {
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return Failure(MakeError(code, what, {.topic = topic, .group = options_.group}));
}

template <typename Ask>
auto GrouplessReader::Patiently(Ask ask) {
  const auto deadline = steady_clock::now() + options_.answer_limit;
  auto answer = ask();
  while (!answer && answer.error().kind == ErrorKind::kRetry && steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kWait);
    answer = ask();
  }
  return answer;
}

Result<PartitionState> GrouplessReader::Limits(const TopicPartition& partition) {
  return Patiently([&] { return AskLimits(partition); });
}

Result<std::optional<Offset>> GrouplessReader::FirstAt(const TopicPartition& partition, Timestamp time) {
  return Patiently([&] { return AskFirstAt(partition, time); });
}

Result<std::vector<Position>> GrouplessReader::Committed(const std::vector<TopicPartition>& partitions) {
  return Patiently([&] { return AskCommitted(partitions); });
}

Result<PartitionState> GrouplessReader::AskLimits(const TopicPartition& partition) {
  PartitionState state{partition, {}, {}};
  NTSP_TRY(Check(
      rd_kafka_query_watermark_offsets(get(), partition.topic.c_str(), partition.partition.value,
                                       &state.low.value, &state.high.value, Millis(options_.answer_limit)),
      "Asking for the limits of " + ToString(partition), partition.topic));
  return state;
}

Result<std::optional<Offset>> GrouplessReader::AskFirstAt(const TopicPartition& partition, Timestamp time) {
  const PartitionsHandle list = ListOf(partition, time.Millis());
  const std::string what = "Asking where a time lies in " + ToString(partition);
  NTSP_TRY(Check(rd_kafka_offsets_for_times(get(), list.get(), Millis(options_.answer_limit)), what,
                 partition.topic));
  NTSP_TRY(Check(list->elems[0].err, what, partition.topic));
  if (list->elems[0].offset < 0) return std::optional<Offset>();  // RD_KAFKA_OFFSET_END
  return std::optional(Offset{list->elems[0].offset});
}

Result<std::vector<Position>> GrouplessReader::AskCommitted(const std::vector<TopicPartition>& partitions) {
  const PartitionsHandle list = ToList(partitions);
  const std::string what = "Asking group " + options_.group + " for its positions";
  NTSP_TRY(Check(rd_kafka_committed(get(), list.get(), Millis(options_.answer_limit)), what));
  const PartitionError first = FirstError(*list);
  NTSP_TRY(Check(first.code, what, first.partition.topic));
  return ToPositions(*list);
}

Result<void> GrouplessReader::Assign(const rd_kafka_topic_partition_list_t* list,
                                     const TopicPartition& partition) {
  return Check(rd_kafka_assign(get(), list), "Reading " + ToString(partition), partition.topic);
}

std::vector<MessageHandle> GrouplessReader::Next() {
  std::array<rd_kafka_message_t*, kBatch> read{};
  // Two reads: one of many would wait until its time is up or it is full.
  ssize_t count = rd_kafka_consume_batch_queue(queue_.get(), Millis(kWait), read.data(), 1);
  if (count == 1) {
    count += std::max<ssize_t>(0, rd_kafka_consume_batch_queue(queue_.get(), 0, read.data() + 1, kBatch - 1));
  }
  std::vector<MessageHandle> messages;
  for (ssize_t i = 0; i < count; ++i) messages.emplace_back(read[static_cast<size_t>(i)]);
  return messages;
}

Result<void> Take(const rd_kafka_message_t& read, const LogReader::Visit& visit, Progress& progress) {
  const bool other = read.partition != progress.partition.partition.value || read.rkt == nullptr ||
                     rd_kafka_topic_name(read.rkt) != progress.partition.topic;
  if (read.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    progress.ended = progress.ended || (!other && read.offset >= progress.next.value);
    return {};
  }
  if (read.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    const Error error = MakeError(read.err, "Reading " + ToString(progress.partition),
                                  {.topic = progress.partition.topic}, rd_kafka_message_errstr(&read));
    // librdkafka goes on trying; whether that leads anywhere is seen by the time that passes.
    if (error.kind == ErrorKind::kRetry) return {};
    return Failure(error);
  }
  if (other || read.offset < progress.next.value) return {};
  progress.heard = steady_clock::now();
  progress.next = Offset{read.offset + 1};
  progress.ended = progress.ended || read.offset >= progress.to.value - 1;
  if (read.offset >= progress.to.value) return {};
  return visit(ToMessage(read));
}

Result<void> GrouplessReader::Read(const TopicPartition& partition, Offset from, Offset to,
                                   const Visit& visit) {
  if (from >= to) return {};
  const PartitionsHandle start = ListOf(partition, from.value);
  NTSP_TRY(Assign(start.get(), partition));
  Progress progress{.partition = partition, .next = from, .to = to};
  Result<void> taken;
  while (taken && !progress.ended) {
    ServeEvents();
    for (const MessageHandle& read : Next()) {
      if (taken && !progress.ended) taken = Take(*read, visit, progress);
    }
    const bool stalled = steady_clock::now() - progress.heard > options_.stall_limit;
    if (taken && !progress.ended && stalled) taken = Failure(Stalled(progress));
  }
  (void)Assign(nullptr, partition);
  return taken;
}

Error GrouplessReader::Stalled(const Progress& progress) {
  const Trouble trouble = TakeTrouble();
  const std::string explained = Explained(trouble);
  return {ErrorKind::kRetry, "Reading " + ToString(progress.partition) + " failed: nothing came for " +
                                 std::to_string(options_.stall_limit.count() / 1000) + " s at offset " +
                                 std::to_string(progress.next.value) +
                                 (trouble.text.empty() ? "" : " (" + trouble.text + ")") + ". " +
                                 (explained.empty() ? "Check that its broker is up." : explained)};
}

}  // namespace

Result<std::unique_ptr<LogReader>> OpenLogReader(const ClientConfig& config,
                                                 const LogReaderOptions& options) {
  auto reader = std::make_unique<GrouplessReader>(options);
  NTSP_TRY(reader->Open(config));
  return reader;
}

}  // namespace ntsp::kafka
