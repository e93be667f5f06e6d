#include "app/simulation.h"

#include "app/bad_message.h"
#include "app/fabric_cisco_mdt.h"
#include "app/fabric_cisco_pipeline.h"
#include "app/fabric_eda.h"
#include "app/fabric_gnmi_proto.h"
#include "app/fabric_gnmic_event.h"
#include "app/fabric_gnmic_json.h"
#include "app/fabric_telegraf.h"
#include "app/fabric_yang_push.h"

namespace ntsp::app {

namespace {

// That of the devices which the dialect's collectors mostly read.
FabricModel UsualModel(Dialect dialect) {
  switch (dialect) {
    case Dialect::kEda:
    case Dialect::kGnmicEvent:
    case Dialect::kGnmicJson:
      return FabricModel::kSrLinux;
    case Dialect::kTelegraf:
    case Dialect::kGnmiProto:
    case Dialect::kYangPush:
      return FabricModel::kOpenConfig;
    case Dialect::kCiscoPipeline:
    case Dialect::kCiscoMdt:
      return FabricModel::kIosXr;
  }
  return FabricModel::kOpenConfig;
}

}  // namespace

std::string ReportText(Dialect dialect, FabricModel model, const FabricReport& report) {
  switch (dialect) {
    case Dialect::kEda:
      return EdaText(report);
    case Dialect::kGnmicEvent:
      return GnmicEventText(report, ObjectsOf(model, report));
    case Dialect::kTelegraf:
      return TelegrafText(report, ObjectsOf(model, report));
    case Dialect::kCiscoPipeline:
      return CiscoPipelineText(report, ObjectsOf(model, report));
    case Dialect::kCiscoMdt:
      return CiscoMdtText(report, ObjectsOf(model, report));
    case Dialect::kGnmicJson:
      return GnmicJsonText(report, ObjectsOf(model, report));
    case Dialect::kGnmiProto:
      return GnmiProtoText(report, ObjectsOf(model, report));
    case Dialect::kYangPush:
      return YangPushText(report);
  }
  return {};
}

// The two sequences of numbers are kept apart: the good messages are the same with and without bad ones
// between them.
Simulation::Simulation(const Options& options)
    : options_(options), fabric_(options.fabric), bad_(options.fabric.seed + 1) {}

// Neighbours speak different dialects, and a node another one each time. Every eight rounds that is put off
// by one: else a node would tell of the same interfaces in the same dialect for ever.
Dialect Simulation::NextDialect() const {
  if (options_.dialect) return *options_.dialect;
  const uint64_t nodes = fabric_.nodes().size();
  const uint64_t round = count_ / nodes;
  return kDialects[(count_ % nodes + round + round / kDialects.size()) % kDialects.size()];
}

void Simulation::Next(Timestamp now, SimulatedMessage& message) {
  const FabricReport report = fabric_.Report(now);
  message.key = report.node->name;
  const Dialect dialect = NextDialect();
  message.value = ReportText(dialect, UsualModel(dialect), report);
  message.bad = static_cast<double>(bad_.Below(1'000'000)) < options_.bad_percent * 10'000;
  if (message.bad) MakeBad(message.key, message.value, bad_count_++ % kBadKinds);
  ++count_;
}

}  // namespace ntsp::app
