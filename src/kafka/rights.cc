#include <span>

#include "kafka/admin_impl.h"
#include "kafka/errors.h"
#include "kafka/newer_api.h"
#include "kafka/partitions.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;

using TopicCollectionHandle = Handle<rd_kafka_TopicCollection_t, rd_kafka_TopicCollection_destroy>;

void AskForRights(rd_kafka_AdminOptions_t* options) {
  const ErrorHandle ignored(rd_kafka_AdminOptions_set_include_authorized_operations(options, 1));
}

// Those that no ACL of ours is about are left out. A broker that tells nothing sends none at all, while
// whoever may ask may at least Describe.
std::optional<Operations> ToOperations(const rd_kafka_AclOperation_t* told, size_t count) {
  if (told == nullptr || count == 0) return std::nullopt;
  Operations operations;
  for (const rd_kafka_AclOperation_t operation : std::span(told, count)) {
    switch (static_cast<int>(operation)) {
      case RD_KAFKA_ACL_OPERATION_READ:
        operations.insert(Operation::kRead);
        break;
      case RD_KAFKA_ACL_OPERATION_WRITE:
        operations.insert(Operation::kWrite);
        break;
      case RD_KAFKA_ACL_OPERATION_CREATE:
        operations.insert(Operation::kCreate);
        break;
      case RD_KAFKA_ACL_OPERATION_DESCRIBE:
        operations.insert(Operation::kDescribe);
        break;
      case RD_KAFKA_ACL_OPERATION_DESCRIBE_CONFIGS:
        operations.insert(Operation::kDescribeConfigs);
        break;
      case RD_KAFKA_ACL_OPERATION_IDEMPOTENT_WRITE:
        operations.insert(Operation::kIdempotentWrite);
        break;
      default:
        break;
    }
  }
  return operations;
}

bool IsForbidden(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
         code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED;
}

}  // namespace

std::string_view Name(Operation operation) {
  switch (operation) {
    case Operation::kRead:
      return "Read";
    case Operation::kWrite:
      return "Write";
    case Operation::kCreate:
      return "Create";
    case Operation::kDescribe:
      return "Describe";
    case Operation::kDescribeConfigs:
      return "DescribeConfigs";
    case Operation::kIdempotentWrite:
      return "IdempotentWrite";
  }
  return "";
}

Result<std::optional<Operations>> Admin::TopicRights(const std::string& topic, milliseconds timeout) {
  const std::string what = "Asking for the rights on topic " + topic;
  const char* name = topic.c_str();
  const TopicCollectionHandle topics(rd_kafka_TopicCollection_of_topic_names(&name, 1));
  const QueueHandle replies(rd_kafka_queue_new(impl_->get()));
  const AdminOptionsHandle options = impl_->Options(kDescribeTopics, timeout);
  AskForRights(options.get());
  rd_kafka_DescribeTopics(impl_->get(), topics.get(), options.get(), replies.get());
  NTSP_ASSIGN(const EventHandle event, impl_->Answer(replies.get(), what, timeout));

  size_t count = 0;
  const auto* const result = rd_kafka_event_DescribeTopics_result(event.get());
  const rd_kafka_TopicDescription_t** const found = rd_kafka_DescribeTopics_result_topics(result, &count);
  if (count == 0) return Retry(what + " failed: the broker's answer is empty.");
  const rd_kafka_resp_err_t code = rd_kafka_error_code(rd_kafka_TopicDescription_error(found[0]));
  if (IsForbidden(code)) return Operations();
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return Failure(MakeError(code, what, {.topic = topic}));
  const auto* const told = rd_kafka_TopicDescription_authorized_operations(found[0], &count);
  return ToOperations(told, count);
}

Result<std::optional<Operations>> Admin::GroupRights(const std::string& group, milliseconds timeout) {
  const std::string what = "Asking for the rights on group " + group;
  const char* name = group.c_str();
  const QueueHandle replies(rd_kafka_queue_new(impl_->get()));
  const AdminOptionsHandle options = impl_->Options(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, timeout);
  AskForRights(options.get());
  rd_kafka_DescribeConsumerGroups(impl_->get(), &name, 1, options.get(), replies.get());
  NTSP_ASSIGN(const EventHandle event, impl_->Answer(replies.get(), what, timeout));

  size_t count = 0;
  const auto* const result = rd_kafka_event_DescribeConsumerGroups_result(event.get());
  const rd_kafka_ConsumerGroupDescription_t** const found =
      rd_kafka_DescribeConsumerGroups_result_groups(result, &count);
  if (count == 0) return Retry(what + " failed: the broker's answer is empty.");
  const rd_kafka_resp_err_t code = rd_kafka_error_code(rd_kafka_ConsumerGroupDescription_error(found[0]));
  if (IsForbidden(code)) return Operations();
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return Failure(MakeError(code, what, {.group = group}));
  const auto* const told = rd_kafka_ConsumerGroupDescription_authorized_operations(found[0], &count);
  return ToOperations(told, count);
}

Result<void> Admin::TryCreate(const NewTopic& topic, milliseconds timeout) {
  return impl_->CreateAll({topic}, -1, /*only_validate=*/true, timeout);
}

Result<void> Admin::TryTransactionalId(const std::string& id, milliseconds timeout) {
  Client client;
  NTSP_ASSIGN(ConfHandle conf, MakeConf(impl_->config, {}, {{"transactional.id", id}}));
  NTSP_TRY(client.Start(RD_KAFKA_PRODUCER, std::move(conf), impl_->config.tokens));
  const ErrorHandle error(rd_kafka_init_transactions(client.get(), Millis(timeout)));
  if (!error) return {};
  return Failure(MakeError(rd_kafka_error_code(error.get()), "Registering transactional id " + id,
                           {.transactional_id = id}, rd_kafka_error_string(error.get())));
}

}  // namespace ntsp::kafka
