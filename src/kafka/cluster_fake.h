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
  FaultyCluster() {
    ClientConfig config;
    config.bootstrap_servers = "";
    EXPECT_TRUE(host_.Start(RD_KAFKA_PRODUCER, std::move(*MakeConf(config, {}, {}))));
    cluster_.reset(rd_kafka_mock_cluster_new(host_.get(), 1));
  }

  void CreateTopic(const std::string& name, int partitions) {
    EXPECT_EQ(rd_kafka_mock_topic_create(cluster_.get(), name.c_str(), partitions, 1),
              RD_KAFKA_RESP_ERR_NO_ERROR);
  }

  // The next request of the kind (Kafka protocol's number) gets this answer.
  void Answer(int16_t request, rd_kafka_resp_err_t error) {
    rd_kafka_mock_push_request_errors(cluster_.get(), request, 1, error);
  }

  void TakeBrokerDown() { rd_kafka_mock_broker_set_down(cluster_.get(), 1); }

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
