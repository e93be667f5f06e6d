// The telemetry of a simulated fabric, message by message, as a collector would put it on Kafka.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "app/fabric.h"
#include "app/fabric_model.h"
#include "app/random.h"
#include "model/sample.h"

namespace ntsp::app {

// All dialects, each with its number in the enumeration as its place.
inline constexpr auto kDialects = [] {
  std::array<Dialect, kDialectCount> dialects{};
  for (size_t i = 0; i < dialects.size(); ++i) dialects[i] = static_cast<Dialect>(i);
  return dialects;
}();
static_assert(!DialectName(kDialects.back()).empty());

// What a node says, as its collector would put it on Kafka. `model` counts where the dialect has no model of
// its own, as EDA and YANG-Push have.
std::string ReportText(Dialect dialect, FabricModel model, const FabricReport& report);

struct SimulatedMessage {
  std::string key;  // the node's name
  std::string value;
  bool bad = false;
};

// Deterministic: the same options and the same moments give the same messages. Not thread-safe.
class Simulation {
 public:
  struct Options {
    Fabric::Options fabric;
    std::optional<Dialect> dialect = Dialect::kEda;  // absent: all of them by turns
    double bad_percent = 0;                          // 0 to 100
  };

  explicit Simulation(const Options& options);

  void Next(Timestamp now, SimulatedMessage& message);

 private:
  Dialect NextDialect() const;

  const Options options_;
  Fabric fabric_;
  Random bad_;
  uint64_t count_ = 0;
  uint64_t bad_count_ = 0;
};

}  // namespace ntsp::app
