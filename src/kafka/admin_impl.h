// The inside of Admin, in two sources: admin.cc asks about topics and makes them, rights.cc asks what this
// client may do. Only for .cc files of this folder.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "kafka/admin.h"
#include "kafka/client.h"
#include "kafka/handles.h"

namespace ntsp::kafka {

struct Admin::Impl : Client {
  explicit Impl(ClientConfig client_config) : config(std::move(client_config)) {}

  // What a call without an answer means, with the cause that the connections told.
  Error NoAnswer(rd_kafka_resp_err_t code, const std::string& what);
  Result<MetadataHandle> Metadata(rd_kafka_topic_t* topic, std::chrono::milliseconds timeout);
  Result<TopicInfo> DescribeOne(const std::string& topic, std::chrono::milliseconds timeout);
  Result<void> CreateAll(const std::vector<NewTopic>& topics, int replication, bool only_validate,
                         std::chrono::milliseconds timeout);
  AdminOptionsHandle Options(rd_kafka_admin_op_t operation, std::chrono::milliseconds timeout);
  // Waits for the answer of an admin request that was sent to `replies`.
  Result<EventHandle> Answer(rd_kafka_queue_t* replies, const std::string& what,
                             std::chrono::milliseconds timeout);

  const ClientConfig config;
};

}  // namespace ntsp::kafka
