#include "app/simulation.h"

#include "app/bad_message.h"
#include "app/fabric_eda.h"
#include "app/fabric_gnmic.h"

namespace ntsp::app {
namespace {

void Append(Dialect dialect, const FabricReport& report, std::string& out) {
  switch (dialect) {
    case Dialect::kEda:
      return AppendEda(report, out);
    case Dialect::kGnmicEvent:
      return AppendGnmicEvents(report, out);
    case Dialect::kTelegraf:
    case Dialect::kCiscoPipeline:
    case Dialect::kCiscoMdt:
    case Dialect::kGnmicJson:
    case Dialect::kGnmiProto:
    case Dialect::kYangPush:
      return;  // not among kSimulatedDialects
  }
}

}  // namespace

// The two sequences of numbers are kept apart: the good messages are the same with and without bad ones
// between them.
Simulation::Simulation(const Options& options)
    : options_(options), fabric_(options.fabric), bad_(options.fabric.seed + 1) {}

Dialect Simulation::NextDialect() {
  if (options_.dialect) return *options_.dialect;
  return kSimulatedDialects[count_ / fabric_.nodes().size() % kSimulatedDialects.size()];
}

void Simulation::Next(Timestamp now, SimulatedMessage& message) {
  const FabricReport report = fabric_.Report(now);
  message.key = report.node->name;
  message.value.clear();
  Append(NextDialect(), report, message.value);
  message.bad = static_cast<double>(bad_.Below(1'000'000)) < options_.bad_percent * 10'000;
  if (message.bad) message.value = MakeBad(std::move(message.value), bad_count_++ % kBadKinds);
  ++count_;
}

}  // namespace ntsp::app
