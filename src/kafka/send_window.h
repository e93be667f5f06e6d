// How much each partition has been given since everything was acknowledged last. An idempotent producer has
// one batch of a partition on its way at a time; while a second one is due behind it, librdkafka's thread
// polls without a pause until the answer comes (measured: 30 polls a message, half of all CPU of stage 1). So
// a flush is due before a partition has more than one batch. Only for .cc files of this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kafka/handles.h"

namespace ntsp::kafka {

// Belongs to the thread of its producer.
class SendWindow {
 public:
  // What one topic was given: bytes by partition.
  using Topic = std::vector<size_t>;

  // `batch_bytes`: what librdkafka puts into one batch.
  explicit SendWindow(size_t batch_bytes) : most_bytes_(batch_bytes / 4 * 3) {}

  // `topic` counts each message from now on. It and the window must outlive the topic.
  void Watch(rd_kafka_topic_conf_t* conf, Topic& topic);
  // To be told just before a message of so many bytes is produced: librdkafka then chooses its partition.
  void Next(size_t bytes);
  // Whether a flush is due.
  bool Full() const { return most_given_ >= most_bytes_; }
  // All was acknowledged, or given up.
  void Clear();

 private:
  static int32_t Choose(const rd_kafka_topic_t* topic, const void* key, size_t key_size, int32_t partitions,
                        void* topic_opaque, void* message_opaque);
  void Count(Topic& topic, int32_t partition);

  const size_t most_bytes_;
  size_t next_bytes_ = 0;
  size_t most_given_ = 0;
  std::vector<Topic*> topics_;
};

}  // namespace ntsp::kafka
