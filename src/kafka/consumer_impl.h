// The inside of Consumer, in four sources: consumer.cc reads, rebalance.cc gains and loses partitions,
// commit.cc asks for and stores positions, flow_control.cc holds partitions back and moves them. Only for .cc
// files of this folder.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kafka/client.h"
#include "kafka/consumer.h"
#include "kafka/errors.h"

namespace ntsp::kafka {

// librdkafka tells of a rebalance in the middle of filling a batch. It is only noted then, and acted upon
// when the owner has the batch behind it: so a batch never holds a message of a partition that was revoked,
// or sought back, while it was being filled, and the owner's commit in OnRevoked covers all that was read.
struct NotedRebalance {
  rd_kafka_resp_err_t kind;  // _ASSIGN_PARTITIONS, _REVOKE_PARTITIONS, or an error, which means: give up all
  PartitionsHandle partitions;
};

struct Consumer::Impl : Client {
  explicit Impl(Options consumer_options) : options(std::move(consumer_options)) {}

  // rebalance.cc
  static void OnRebalance(rd_kafka_t* handle, rd_kafka_resp_err_t kind,
                          rd_kafka_topic_partition_list_t* partitions, void* opaque);
  Result<void> ServeRebalances();
  Result<void> Assign(const rd_kafka_topic_partition_list_t& partitions);
  Result<void> Revoke(const rd_kafka_topic_partition_list_t& partitions);
  // Where to start each: the listener's answer, else what is committed, else the beginning.
  PartitionsHandle StartPositions(const std::vector<TopicPartition>& partitions);
  void ReplaceMissing(rd_kafka_topic_partition_list_t& list);
  bool cooperative() const;
  // Ends the membership within a bound; OnRevoked has been called for everything when it returns.
  void Leave();

  // commit.cc
  // Absent unless this is a member of the group in good standing. A commit must not even be tried then:
  // librdkafka would send it in the name of nobody, and the broker takes that from outsiders while the group
  // is empty, or in a transaction: past the fence that protects the new owners.
  GroupMetadataHandle Membership() const;

  // flow_control.cc
  // For partitions that librdkafka no longer fetches because their position was lost: gives them up and takes
  // them again, from there. Needs a cooperative group; an eager one never gets into that state.
  Result<void> TakeAgain(const std::vector<std::pair<TopicPartition, Offset>>& positions);

  // consumer.cc
  // Until the batch has `most` messages or its share of the memory.
  void Fill(size_t most, Batch& batch);
  // Appends up to `most`; what is not a message is sorted into out_of_range or `error`.
  void Read(std::chrono::milliseconds wait, size_t most, Batch& batch);
  void Sort(rd_kafka_message_t* read, Batch& batch);
  void NoteError(const rd_kafka_message_t& read, Batch& batch);
  Result<void> TakeError();
  std::string FatalText() const;

  Subject subject(const std::string& topic = "") const { return {.topic = topic, .group = options.group}; }

  const Options options;
  QueueHandle queue;
  RebalanceListener* listener = nullptr;
  std::deque<NotedRebalance> noted;
  std::set<TopicPartition> assigned;
  std::optional<Error> error;  // heard while a batch was read, told by the next Poll
  std::vector<rd_kafka_message_t*> buffer;
  size_t batch_bytes = 0;      // of the messages polled last
  size_t usual_bytes = 1'000;  // of a message, of late
  bool closed = false;
};

}  // namespace ntsp::kafka
