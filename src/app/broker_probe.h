// Whether a broker answers: asked on a connection of its own, because a worker that waits for its commit can
// not say, and librdkafka tells of an outage only once.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "kafka/admin.h"
#include "observe/health.h"

namespace ntsp::app {

class BrokerProbe {
 public:
  static constexpr const char* kComponent = "broker";

  struct Options {
    std::chrono::milliseconds interval{5'000};  // while it answers
    std::chrono::milliseconds patience{3'000};  // with one question
    std::chrono::milliseconds again{1'000};     // before the next one, while there is no answer
    int failures = 2;                           // in a row, before it counts as away
  };

  // Registers the required component "broker" and asks from a thread of its own. `health` must outlive it.
  // kStop if the settings are not taken.
  static Result<std::unique_ptr<BrokerProbe>> Start(const kafka::ClientConfig& config, Options options,
                                                    observe::Health& health);
  // Returns after at most `patience`.
  ~BrokerProbe() = default;

 private:
  BrokerProbe(std::unique_ptr<kafka::Admin> admin, Options options, observe::Health& health);
  void Run(const std::stop_token& stop);
  std::chrono::milliseconds Ask();

  const std::unique_ptr<kafka::Admin> admin_;
  const Options options_;
  observe::Health& health_;
  int failures_ = 0;  // in a row
  std::jthread thread_;
};

}  // namespace ntsp::app
