#include "app/broker_probe.h"

#include <fmt/format.h>

namespace ntsp::app {

Result<std::unique_ptr<BrokerProbe>> BrokerProbe::Start(const kafka::ClientConfig& config, Options options,
                                                        observe::Health& health) {
  NTSP_ASSIGN(auto admin, kafka::Admin::Open(config));
  return std::unique_ptr<BrokerProbe>(new BrokerProbe(std::move(admin), options, health));
}

BrokerProbe::BrokerProbe(std::unique_ptr<kafka::Admin> admin, Options options, observe::Health& health)
    : admin_(std::move(admin)), options_(options), health_(health) {
  health_.Register(kComponent, observe::Role::kRequired);
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

void BrokerProbe::Run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    const auto pause = Ask();
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, pause, [] { return false; });
  }
}

std::chrono::milliseconds BrokerProbe::Ask() {
  const auto brokers = admin_->BrokerCount(options_.patience);
  if (brokers) {
    failures_ = 0;
    health_.Set(kComponent, true, fmt::format("{} in the cluster", *brokers));
    return options_.interval;
  }
  if (++failures_ >= options_.failures) health_.Set(kComponent, false, brokers.error().message);
  return options_.again;
}

}  // namespace ntsp::app
