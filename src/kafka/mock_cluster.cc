#include "kafka/mock_cluster.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include "kafka/client.h"

namespace ntsp::kafka {
namespace {

using MockHandle = Handle<rd_kafka_mock_cluster_t, rd_kafka_mock_cluster_destroy>;

}  // namespace

struct MockCluster::Impl {
  Client host;  // the mock's threads live in a client of its own, which connects to nothing
  MockHandle cluster;
  std::string bootstrap_servers;
};

MockCluster::MockCluster(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MockCluster::~MockCluster() = default;

const std::string& MockCluster::bootstrap_servers() const {
  return impl_->bootstrap_servers;
}

Result<std::unique_ptr<MockCluster>> MockCluster::Start(
    const std::vector<std::pair<std::string, int>>& topics_and_partitions) {
  auto impl = std::make_unique<Impl>();
  ClientConfig config;
  config.bootstrap_servers = "";
  NTSP_ASSIGN(ConfHandle conf, MakeConf(config, {}, {}));
  NTSP_TRY(impl->host.Start(RD_KAFKA_PRODUCER, std::move(conf)));
  impl->cluster.reset(rd_kafka_mock_cluster_new(impl->host.get(), 1));
  if (!impl->cluster)
    return Stop("The stand-in for Kafka does not start: it needs a free port on 127.0.0.1.");
  for (const auto& [topic, partitions] : topics_and_partitions) {
    const rd_kafka_resp_err_t code =
        rd_kafka_mock_topic_create(impl->cluster.get(), topic.c_str(), partitions, /*replication_factor=*/1);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return Stop("The stand-in for Kafka does not make topic " + topic + ": " + rd_kafka_err2str(code) +
                  ".");
    }
  }
  impl->bootstrap_servers = rd_kafka_mock_cluster_bootstraps(impl->cluster.get());
  return std::unique_ptr<MockCluster>(new MockCluster(std::move(impl)));
}

}  // namespace ntsp::kafka
