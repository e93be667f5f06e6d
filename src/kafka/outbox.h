// A producing client and what became of its messages: what both deliveries have in common. Only for .cc files
// of this folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "kafka/client.h"
#include "kafka/producer.h"
#include "kafka/send_window.h"

namespace ntsp::kafka {

// What went wrong with messages since it was last asked.
struct DeliveryFailure {
  bool any = false;
  bool message_rejected = false;  // the broker refused one for what it is
  std::string reason;             // the first; a refused message before all else
};

// When messages leave. kAtFlush is for batches that nobody sees before they are committed: one request for
// each partition, of all that it has.
enum class Sending : uint8_t { kAtFlush, kSoon };

// Belongs to one thread; delivery reports come in Produce, Flush and librdkafka's own waits in that thread.
class Outbox : public Client {
 public:
  // `fixed` is what the delivery needs on top of idempotence. kStop if the settings are not taken.
  static Result<std::unique_ptr<Outbox>> Open(const ClientConfig& config, const ProducerOptions& options,
                                              Sending sending, const Properties& fixed);
  explicit Outbox(size_t batch_bytes) : window_(batch_bytes) {}
  ~Outbox() override;

  // A new batch: nothing has failed and nothing is on its way.
  void Begin();
  // As Producer::Produce; sends what there is before a partition has more than one request of it.
  Result<void> Produce(const OutgoingMessage& message);
  // Whether every message has its report within `limit`.
  bool Flush(std::chrono::milliseconds limit);
  // Gives up what is not acknowledged yet.
  void Purge();
  DeliveryFailure TakeFailure();
  // Empty unless librdkafka gave this client up; then `code` says why.
  std::string FatalText(rd_kafka_resp_err_t* code) const;

 private:
  struct Topic {
    SendWindow::Topic given;
    TopicHandle handle = nullptr;
  };

  static void OnDelivery(rd_kafka_t* handle, const rd_kafka_message_t* message, void* opaque);
  rd_kafka_topic_t* TopicOf(std::string_view name);
  rd_kafka_resp_err_t Enqueue(rd_kafka_topic_t* topic, const OutgoingMessage& message);

  SendWindow window_;
  bool unanswered_ = false;  // the brokers left the last flush of this batch unanswered
  std::map<std::string, Topic, std::less<>> topics_;
  DeliveryFailure failure_;
};

}  // namespace ntsp::kafka
