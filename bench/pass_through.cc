// The limit that ./dev bench compares with: the same client, the same transactions, the same bytes in
// and out, and nothing done with them.   pass_through BOOTSTRAP FROM-TOPIC TO-TOPIC
#include <chrono>
#include <cstdio>
#include <map>
#include <string>

#include "kafka/consumer.h"
#include "kafka/producer.h"

namespace {

using ntsp::kafka::Batch;
using ntsp::kafka::Consumer;

class TakeAll : public ntsp::kafka::RebalanceListener {
 public:
  std::vector<ntsp::kafka::Position> OnAssigned(const std::vector<ntsp::TopicPartition>&) override {
    return {};
  }
  void OnRevoked(const std::vector<ntsp::TopicPartition>&, bool) override {}
};

template <typename T>
T OrExit(ntsp::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string from = argv[2], to = argv[3];
  ntsp::kafka::ClientConfig config;
  config.bootstrap_servers = argv[1];
  TakeAll listener;
  auto consumer = OrExit(Consumer::Open(config, {.group = to + "-group"}));
  auto producer =
      OrExit(ntsp::kafka::OpenTransactionalProducer(config, {.transactional_id = to}, [] { return true; }));
  OrExit(consumer->Subscribe({from}, listener));
  Batch batch;
  while (true) {
    std::map<ntsp::TopicPartition, ntsp::Offset> next;
    const auto due = std::chrono::steady_clock::now() + std::chrono::milliseconds(250);
    while (std::chrono::steady_clock::now() < due) {
      OrExit(consumer->Poll(std::chrono::milliseconds(20), 1000, batch));
      for (const auto& message : batch.messages()) {
        if (next.empty()) OrExit(producer->Begin());
        OrExit(producer->Produce({.topic = to,
                                  .key = message.key.value_or(""),
                                  .value = message.value.value_or(""),
                                  .headers = {}}));
        next[{std::string(message.topic), message.partition}] = ntsp::Next(message.offset);
      }
    }
    if (!next.empty() &&
        producer->Commit(*consumer, {next.begin(), next.end()}).result != ntsp::kafka::CommitResult::kDone) {
      return 1;
    }
  }
}
