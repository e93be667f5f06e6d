// Calls of librdkafka 2.3 that the older header which we compile with does not declare. Only for .cc files of
// this folder.
#pragma once

#include <librdkafka/rdkafka.h>

namespace ntsp::kafka {

#if RD_KAFKA_VERSION < 0x020300ff
inline constexpr auto kDescribeTopics = static_cast<rd_kafka_admin_op_t>(19);
#else
inline constexpr auto kDescribeTopics = RD_KAFKA_ADMIN_OP_DESCRIBETOPICS;
#endif

}  // namespace ntsp::kafka

// Where the header declares them too, these repeat it.
extern "C" {
typedef struct rd_kafka_TopicCollection_s rd_kafka_TopicCollection_t;
typedef struct rd_kafka_TopicDescription_s rd_kafka_TopicDescription_t;
typedef rd_kafka_event_t rd_kafka_DescribeTopics_result_t;

rd_kafka_TopicCollection_t* rd_kafka_TopicCollection_of_topic_names(const char** topics, size_t count);
void rd_kafka_TopicCollection_destroy(rd_kafka_TopicCollection_t* topics);
void rd_kafka_DescribeTopics(rd_kafka_t* client, const rd_kafka_TopicCollection_t* topics,
                             const rd_kafka_AdminOptions_t* options, rd_kafka_queue_t* replies);
const rd_kafka_DescribeTopics_result_t* rd_kafka_event_DescribeTopics_result(rd_kafka_event_t* event);
const rd_kafka_TopicDescription_t** rd_kafka_DescribeTopics_result_topics(
    const rd_kafka_DescribeTopics_result_t* result, size_t* count);
const rd_kafka_error_t* rd_kafka_TopicDescription_error(const rd_kafka_TopicDescription_t* topic);
const rd_kafka_AclOperation_t* rd_kafka_TopicDescription_authorized_operations(
    const rd_kafka_TopicDescription_t* topic, size_t* count);
const rd_kafka_AclOperation_t* rd_kafka_ConsumerGroupDescription_authorized_operations(
    const rd_kafka_ConsumerGroupDescription_t* group, size_t* count);
rd_kafka_error_t* rd_kafka_AdminOptions_set_include_authorized_operations(rd_kafka_AdminOptions_t* options,
                                                                          int yes);
}
