// The messages of a batch: views into librdkafka's own, which the batch keeps alive.
#include "kafka/consumer.h"
#include "kafka/handles.h"
#include "kafka/read_message.h"

namespace ntsp::kafka {
namespace {

std::string_view View(const void* data, size_t size) {
  return {static_cast<const char*>(data), size};
}

}  // namespace

Message ToMessage(const rd_kafka_message_t& read) {
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  const int64_t millis = rd_kafka_message_timestamp(&read, &type);
  Message message;
  message.topic = rd_kafka_topic_name(read.rkt);
  message.partition = Partition{read.partition};
  message.offset = Offset{read.offset};
  if (type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE) message.timestamp = Timestamp::FromMillis(millis);
  if (read.key != nullptr) message.key = View(read.key, read.key_len);
  if (read.payload != nullptr) message.value = View(read.payload, read.len);
  message.handle = &read;
  return message;
}

Batch::Batch() = default;
Batch::~Batch() {
  Clear();
}

Batch::Batch(Batch&& other) noexcept
    : handles_(std::move(other.handles_)),
      messages_(std::move(other.messages_)),
      out_of_range_(std::move(other.out_of_range_)),
      ends_(std::move(other.ends_)) {
  other.handles_.clear();
  other.Clear();
}

Batch& Batch::operator=(Batch&& other) noexcept {
  std::swap(handles_, other.handles_);
  std::swap(messages_, other.messages_);
  std::swap(out_of_range_, other.out_of_range_);
  std::swap(ends_, other.ends_);
  other.Clear();
  return *this;
}

void Batch::Clear() {
  messages_.clear();
  out_of_range_.clear();
  ends_.clear();
  for (void* handle : handles_) rd_kafka_message_destroy(static_cast<rd_kafka_message_t*>(handle));
  handles_.clear();
}

std::vector<Header> Headers(const Message& message) {
  rd_kafka_headers_t* borrowed = nullptr;
  const auto* handle = static_cast<const rd_kafka_message_t*>(message.handle);
  if (rd_kafka_message_headers(handle, &borrowed) != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  std::vector<Header> headers;
  const char* name = nullptr;
  const void* value = nullptr;
  size_t size = 0;
  for (size_t i = 0; rd_kafka_header_get_all(borrowed, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    headers.emplace_back(name, std::string_view(static_cast<const char*>(value), size));
  }
  return headers;
}

}  // namespace ntsp::kafka
