#include "kafka/consumer_impl.h"
#include "kafka/partitions.h"

namespace ntsp::kafka {
namespace {

using Positions = std::vector<std::pair<TopicPartition, Offset>>;

constexpr std::chrono::milliseconds kSeekTimeout{5'000};

// What the call left in its list.
Result<void> Outcome(const rd_kafka_topic_partition_list_t& list, const std::string& what) {
  const PartitionError first = FirstError(list);
  if (first.code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return Failure(
      MakeError(first.code, what + " " + ToString(first.partition), {.topic = first.partition.topic}));
}

// Those that are not being fetched: librdkafka stops when it has reported a position as lost.
Positions Stopped(const rd_kafka_topic_partition_list_t& list, const Positions& asked) {
  Positions stopped;
  for (const auto& [partition, offset] : asked) {
    for (int i = 0; i < list.cnt; ++i) {
      const rd_kafka_topic_partition_t& entry = list.elems[i];
      const bool same = entry.topic == partition.topic && entry.partition == partition.partition.value;
      if (same && entry.err == RD_KAFKA_RESP_ERR__STATE) stopped.emplace_back(partition, offset);
    }
  }
  return stopped;
}

Result<void> Checked(rd_kafka_error_t* raw, const std::string& what) {
  const ErrorHandle error(raw);
  if (!error) return {};
  return Failure(MakeError(rd_kafka_error_code(error.get()), what, {}, rd_kafka_error_string(error.get())));
}

}  // namespace

Result<void> Consumer::Pause(const std::vector<TopicPartition>& partitions) {
  const PartitionsHandle list = ToList(partitions);
  (void)rd_kafka_pause_partitions(impl_->get(), list.get());
  return Outcome(*list, "Pausing");
}

Result<void> Consumer::Resume(const std::vector<TopicPartition>& partitions) {
  const PartitionsHandle list = ToList(partitions);
  (void)rd_kafka_resume_partitions(impl_->get(), list.get());
  return Outcome(*list, "Resuming");
}

Result<void> Consumer::Seek(const Positions& positions) {
  if (positions.empty()) return {};
  const PartitionsHandle list = ToList(positions);
  NTSP_TRY(
      Checked(rd_kafka_seek_partitions(impl_->get(), list.get(), Millis(kSeekTimeout)), "Moving partitions"));
  const Positions stopped = Stopped(*list, positions);
  if (stopped.empty() || !impl_->cooperative()) return Outcome(*list, "Moving");
  return impl_->TakeAgain(stopped);
}

Result<void> Consumer::Restart(const Positions& positions) {
  PartitionsHandle list = ToList(std::vector<TopicPartition>(impl_->assigned.begin(), impl_->assigned.end()));
  for (const auto& [partition, offset] : positions) {
    rd_kafka_topic_partition_t* entry =
        rd_kafka_topic_partition_list_find(list.get(), partition.topic.c_str(), partition.partition.value);
    if (entry != nullptr) entry->offset = offset.value;
  }
  impl_->ReplaceMissing(*list);
  const rd_kafka_resp_err_t code = rd_kafka_assign(impl_->get(), list.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return Failure(MakeError(code, "Restarting partitions", impl_->subject()));
}

Result<void> Consumer::Impl::TakeAgain(const Positions& positions) {
  const PartitionsHandle list = ToList(positions);
  NTSP_TRY(Checked(rd_kafka_incremental_unassign(get(), list.get()), "Restarting partitions"));
  return Checked(rd_kafka_incremental_assign(get(), list.get()), "Restarting partitions");
}

}  // namespace ntsp::kafka
