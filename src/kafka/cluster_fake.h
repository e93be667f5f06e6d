// A mock cluster whose faults tests can order. What the program itself uses of it is MockCluster.
#pragma once

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <string>

#include "kafka/client.h"

namespace ntsp::kafka {

class FaultyCluster {
 public:
  explicit FaultyCluster(int brokers = 1) {
    ClientConfig config;
    config.bootstrap_servers = "";
    EXPECT_TRUE(host_.Start(RD_KAFKA_PRODUCER, std::move(*MakeConf(config, {}, {}))));
    cluster_.reset(rd_kafka_mock_cluster_new(host_.get(), brokers));
  }

  void CreateTopic(const std::string& name, int partitions) {
    EXPECT_EQ(rd_kafka_mock_topic_create(cluster_.get(), name.c_str(), partitions, 1),
              RD_KAFKA_RESP_ERR_NO_ERROR);
  }

  // The next request of the kind (Kafka protocol's number) gets this answer.
  void Answer(int16_t request, rd_kafka_resp_err_t error) {
    rd_kafka_mock_push_request_errors(cluster_.get(), request, 1, error);
  }

  // Brokers are numbered from 1.
  void TakeBrokerDown(int32_t broker = 1) { rd_kafka_mock_broker_set_down(cluster_.get(), broker); }
  void BringBrokerUp(int32_t broker) { rd_kafka_mock_broker_set_up(cluster_.get(), broker); }
  void PlaceLeader(const std::string& topic, int32_t broker) {
    rd_kafka_mock_partition_set_leader(cluster_.get(), topic.c_str(), 0, broker);
  }
  // `kind`: "group" or "transaction".
  void PlaceCoordinator(const char* kind, const std::string& id, int32_t broker) {
    rd_kafka_mock_coordinator_set(cluster_.get(), kind, id.c_str(), broker);
  }

  ClientConfig config() const {
    ClientConfig config;
    config.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster_.get());
    return config;
  }

  static constexpr int16_t kProduce = 0, kMetadata = 3, kOffsetCommit = 8, kJoinGroup = 11,
                           kInitProducerId = 22, kEndTxn = 26, kTxnOffsetCommit = 28;

 private:
  Client host_;
  Handle<rd_kafka_mock_cluster_t, rd_kafka_mock_cluster_destroy> cluster_;
};

}  // namespace ntsp::kafka
