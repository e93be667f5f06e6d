#include "kafka/send_window.h"

#include <algorithm>

namespace ntsp::kafka {
namespace {

// Messages of a topic that is not known yet get their partition later, from a thread of librdkafka: those do
// not count.
thread_local SendWindow* counting = nullptr;

}  // namespace

void SendWindow::Watch(rd_kafka_topic_conf_t* conf, Topic& topic) {
  rd_kafka_topic_conf_set_opaque(conf, &topic);
  rd_kafka_topic_conf_set_partitioner_cb(conf, Choose);
  topics_.push_back(&topic);
}

void SendWindow::Next(size_t bytes) {
  counting = this;
  next_bytes_ = bytes;
}

// The Java clients' choice; messages without a key go anywhere.
int32_t SendWindow::Choose(const rd_kafka_topic_t* topic, const void* key, size_t key_size,
                           int32_t partitions, void* topic_opaque, void* message_opaque) {
  const int32_t partition =
      rd_kafka_msg_partitioner_murmur2_random(topic, key, key_size, partitions, topic_opaque, message_opaque);
  if (counting != nullptr && partition >= 0) counting->Count(*static_cast<Topic*>(topic_opaque), partition);
  return partition;
}

void SendWindow::Count(Topic& topic, int32_t partition) {
  const auto at = static_cast<size_t>(partition);
  if (at >= topic.size()) topic.resize(at + 1);
  topic[at] += next_bytes_;
  most_given_ = std::max(most_given_, topic[at]);
}

void SendWindow::Clear() {
  most_given_ = 0;
  for (Topic* topic : topics_) std::ranges::fill(*topic, 0);
}

}  // namespace ntsp::kafka
