#include <vector>

#include "kafka/consumer_impl.h"
#include "kafka/partitions.h"
#include "kafka/watchdog.h"

namespace ntsp::kafka {
namespace {

// Long enough for one request with its retries while the group moves to another coordinator, far below the
// watchdog.
constexpr std::chrono::milliseconds kCommitTimeout{30'000};

constexpr const char* kNotAMember =
    "This consumer is not a member of its group (any more), so it commits nothing.";

// Answers after which nothing of the request is stored, nor will be. Everything else, known or not, counts as
// unknown: a coordinator that answers "not available" may have the commit in its log.
bool IsRefusal(rd_kafka_resp_err_t code) {
  switch (static_cast<int>(code)) {
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    case RD_KAFKA_RESP_ERR_INVALID_GROUP_ID:
    case RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_INVALID_COMMIT_OFFSET_SIZE:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
    case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
      return true;
    default:
      return false;
  }
}

// rd_kafka_memberid's text belongs to the client's allocator.
struct TextDeleter {
  rd_kafka_t* client;
  void operator()(char* text) const { rd_kafka_mem_free(client, text); }
};
using TextHandle = std::unique_ptr<char, TextDeleter>;

struct Answer {
  bool stored = false;   // all of them
  bool refused = false;  // all of them
  PartitionError first;
};

Answer Judge(rd_kafka_event_t& event) {
  Answer answer;
  const rd_kafka_topic_partition_list_t* list = rd_kafka_event_topic_partition_list(&event);
  const rd_kafka_resp_err_t whole = rd_kafka_event_error(&event);
  if (list != nullptr) answer.first = FirstError(*list);
  if (answer.first.code == RD_KAFKA_RESP_ERR_NO_ERROR) answer.first.code = whole;
  answer.stored = answer.first.code == RD_KAFKA_RESP_ERR_NO_ERROR;
  answer.refused = !answer.stored;
  const int count = list == nullptr ? 0 : list->cnt;
  for (int i = 0; i < count; ++i) {
    // An entry without an error of its own has that of the whole request.
    const rd_kafka_resp_err_t own = list->elems[i].err;
    answer.refused = answer.refused && IsRefusal(own == RD_KAFKA_RESP_ERR_NO_ERROR ? whole : own);
  }
  if (count == 0) answer.refused = answer.refused && IsRefusal(whole);
  return answer;
}

CommitOutcome Refused(const std::string& why, std::string* error) {
  if (error != nullptr) *error = why;
  return CommitOutcome::kRefused;
}

CommitOutcome Unknown(const std::string& why, std::string* error) {
  if (error != nullptr) *error = "It is not known whether the commit is stored: " + why + ".";
  return CommitOutcome::kUnknown;
}

}  // namespace

GroupMetadataHandle Consumer::Impl::Membership() const {
  if (closed) return nullptr;
  // Both calls ask the client's main thread, and wait for it without a limit.
  const Watchdog::Scope step("question for the group's membership");
  GroupMetadataHandle metadata(rd_kafka_consumer_group_metadata(get()));
  // Asked for after it was copied: if the membership ended before that, it shows here. It cannot have begun
  // anew, which takes a rebalance that only Poll serves.
  const TextHandle member(rd_kafka_memberid(get()), TextDeleter{get()});
  if (!member || *member == '\0' || rd_kafka_assignment_lost(get()) != 0) return nullptr;
  return metadata;
}

Result<std::vector<Position>> Consumer::Committed(const std::vector<TopicPartition>& partitions,
                                                  std::chrono::milliseconds timeout) {
  const PartitionsHandle list = ToList(partitions);
  const std::string what = "Asking group " + impl_->options.group + " for its positions";
  const rd_kafka_resp_err_t code = rd_kafka_committed(impl_->get(), list.get(), Millis(timeout));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return Failure(MakeError(code, what, impl_->subject()));
  const PartitionError first = FirstError(*list);
  if (first.code == RD_KAFKA_RESP_ERR_NO_ERROR) return ToPositions(*list);
  return Failure(MakeError(first.code, what, impl_->subject(first.partition.topic)));
}

// Keeps I7's premise: kCommitted and kRefused are said only of a request that was sent once and answered.
CommitOutcome Consumer::Commit(const std::vector<Position>& positions, std::string* error) {
  if (positions.empty()) return CommitOutcome::kCommitted;
  if (!impl_->Membership()) return Refused(kNotAMember, error);
  const Watchdog::Scope step("commit of offsets");
  const uint64_t lost_before = impl_->connections_lost();
  const PartitionsHandle list = ToList(positions);
  const QueueHandle replies(rd_kafka_queue_new(impl_->get()));
  // By way of a queue, because the plain synchronous call has no time limit.
  const rd_kafka_resp_err_t sent =
      rd_kafka_commit_queue(impl_->get(), list.get(), replies.get(), nullptr, nullptr);
  if (sent != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return Refused(MakeError(sent, "The commit", impl_->subject()).message, error);
  }
  const EventHandle event(rd_kafka_queue_poll(replies.get(), Millis(kCommitTimeout)));
  if (!event)
    return Unknown("no answer within " + std::to_string(kCommitTimeout.count() / 1000) + " s", error);

  const Answer answer = Judge(*event);
  const std::string topic = answer.first.partition.topic;
  const std::string text = MakeError(answer.first.code, "The commit", impl_->subject(topic)).message;
  // librdkafka sends the request again by itself when a connection breaks; the first copy may still be on its
  // way.
  if (impl_->connections_lost() != lost_before) return Unknown("a connection broke meanwhile", error);
  // Then it may have gone out in nobody's name.
  if (answer.stored && !impl_->Membership()) return Unknown("the membership ended meanwhile", error);
  if (answer.stored) return CommitOutcome::kCommitted;
  if (!answer.refused) return Unknown(text, error);
  return Refused(text, error);
}

}  // namespace ntsp::kafka
