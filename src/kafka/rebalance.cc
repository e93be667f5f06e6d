#include <algorithm>
#include <cstring>

#include "base/log.h"
#include "kafka/consumer_impl.h"
#include "kafka/partitions.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// The group waits for it, and while a killed member's transaction is open there is no answer.
constexpr milliseconds kCommittedTimeout{1'000};
// What leaving the group may take when no broker answers. The session's end removes the member anyway.
constexpr milliseconds kLeaveTimeout{10'000};
constexpr int kServeMillis = 50;

// Nothing if all went well.
Result<void> Checked(rd_kafka_error_t* raw, const std::string& what, const Subject& subject) {
  const ErrorHandle error(raw);
  if (!error) return {};
  return Failure(
      MakeError(rd_kafka_error_code(error.get()), what, subject, rd_kafka_error_string(error.get())));
}

Result<void> Checked(rd_kafka_resp_err_t code, const std::string& what, const Subject& subject) {
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return Failure(MakeError(code, what, subject));
}

}  // namespace

void Consumer::Impl::OnRebalance(rd_kafka_t*, rd_kafka_resp_err_t kind,
                                 rd_kafka_topic_partition_list_t* partitions, void* opaque) {
  auto& impl = static_cast<Impl&>(*static_cast<Client*>(opaque));
  impl.noted.push_back({kind, PartitionsHandle(rd_kafka_topic_partition_list_copy(partitions))});
}

Result<void> Consumer::Impl::ServeRebalances() {
  while (!noted.empty()) {
    const NotedRebalance rebalance = std::move(noted.front());
    noted.pop_front();
    switch (static_cast<int>(rebalance.kind)) {
      case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
        NTSP_TRY(Assign(*rebalance.partitions));
        break;
      default:  // also an error in place of a rebalance: librdkafka then waits for all to be given up
        NTSP_TRY(Revoke(*rebalance.partitions));
        break;
    }
  }
  return {};
}

bool Consumer::Impl::cooperative() const {
  // Null once the membership has ended, which may be before its last rebalance is served. Nothing can be
  // given up then.
  const char* const protocol = rd_kafka_rebalance_protocol(get());
  return protocol != nullptr && std::strcmp(protocol, "COOPERATIVE") == 0;
}

Result<void> Consumer::Impl::Assign(const rd_kafka_topic_partition_list_t& partitions) {
  const std::vector<TopicPartition> gained = ToPartitions(partitions);
  const PartitionsHandle start = StartPositions(gained);
  if (!cooperative()) assigned.clear();
  assigned.insert(gained.begin(), gained.end());
  if (cooperative())
    return Checked(rd_kafka_incremental_assign(get(), start.get()), "Taking partitions", subject());
  return Checked(rd_kafka_assign(get(), start.get()), "Taking partitions", subject());
}

Result<void> Consumer::Impl::Revoke(const rd_kafka_topic_partition_list_t& partitions) {
  const std::vector<TopicPartition> given_up = ToPartitions(partitions);
  if (listener != nullptr && !given_up.empty()) {
    listener->OnRevoked(given_up, rd_kafka_assignment_lost(get()) != 0);
  }
  for (const TopicPartition& partition : given_up) assigned.erase(partition);
  if (cooperative()) {
    return Checked(rd_kafka_incremental_unassign(get(), &partitions), "Giving up partitions", subject());
  }
  assigned.clear();
  return Checked(rd_kafka_assign(get(), nullptr), "Giving up partitions", subject());
}

PartitionsHandle Consumer::Impl::StartPositions(const std::vector<TopicPartition>& partitions) {
  std::vector<Position> answer;
  if (listener != nullptr) answer = listener->OnAssigned(partitions);
  PartitionsHandle list = ToList(partitions);
  for (const Position& position : answer) {
    rd_kafka_topic_partition_t* entry = rd_kafka_topic_partition_list_find(
        list.get(), position.partition.topic.c_str(), position.partition.partition.value);
    if (entry != nullptr && position.offset) entry->offset = position.offset->value;
  }
  ReplaceMissing(*list);
  return list;
}

void Consumer::Impl::ReplaceMissing(rd_kafka_topic_partition_list_t& list) {
  bool missing = false;
  for (int i = 0; i < list.cnt; ++i) {
    if (list.elems[i].offset != RD_KAFKA_OFFSET_INVALID) continue;
    list.elems[i].offset = RD_KAFKA_OFFSET_STORED;
    missing = true;
  }
  // Where a lost position is an event, so would be one that never was: the beginning has to be asked for by
  // name.
  if (!missing || !options.fail_when_out_of_range) return;
  const PartitionsHandle committed(rd_kafka_topic_partition_list_copy(&list));
  // Without an answer nothing is known of any of them; the client goes on asking by itself.
  if (rd_kafka_committed(get(), committed.get(), Millis(kCommittedTimeout)) != RD_KAFKA_RESP_ERR_NO_ERROR)
    return;
  for (int i = 0; i < list.cnt; ++i) {
    rd_kafka_topic_partition_t& entry = list.elems[i];
    const rd_kafka_topic_partition_t& found = committed->elems[i];
    if (entry.offset != RD_KAFKA_OFFSET_STORED || found.err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    entry.offset = found.offset >= 0 ? found.offset : RD_KAFKA_OFFSET_BEGINNING;
  }
}

void Consumer::Impl::Leave() {
  // Not rd_kafka_consumer_close(): it waits without a limit, and a process that is told to end has one.
  const QueueHandle closing(rd_kafka_queue_new(get()));
  const ErrorHandle refused(rd_kafka_consumer_close_queue(get(), closing.get()));
  const auto deadline = steady_clock::now() + kLeaveTimeout;
  while (!refused && rd_kafka_consumer_closed(get()) == 0 && steady_clock::now() < deadline) {
    buffer.resize(std::max<size_t>(buffer.size(), 1));
    const ssize_t count =
        rd_kafka_consume_batch_queue(closing.get(), kServeMillis, buffer.data(), buffer.size());
    for (ssize_t i = 0; i < count; ++i) rd_kafka_message_destroy(buffer[static_cast<size_t>(i)]);
    if (const Result<void> served = ServeRebalances(); !served)
      log::Warn("kafka-close", served.error().message);
  }
  if (assigned.empty() || listener == nullptr) return;
  // The group did not answer in time, so whether they are still ours is not known.
  listener->OnRevoked({assigned.begin(), assigned.end()}, /*lost=*/true);
  assigned.clear();
}

}  // namespace ntsp::kafka
