#include "decode/dialect_facts.h"

#include <algorithm>
#include <array>

namespace ntsp::decode {
namespace {

using enum Place::In;

constexpr std::array kEdaShapes = {Shape::kEda};
constexpr std::array kEdaNode = {Place{kElement, "keys.node_name"}};
constexpr std::array kEdaNamespace = {Place{kElement, "keys.namespace_name"}};
constexpr std::array kEdaTime = {Place{kElement, "timestamp"}, Place{kEnvelope, "timestamp"}};
constexpr std::array kEdaPath = {Place{kEnvelope, "path"}};

constexpr std::array kEventShapes = {Shape::kGnmicEvent};
constexpr std::array kEventNode = {Place{kElement, "tags.source"}, Place{kElement, "tags.target"}};
constexpr std::array kEventTime = {Place{kElement, "timestamp"}};

constexpr std::array kEventPath = {Place{kElement, "values"}, Place{kElement, "deletes"}};

constexpr std::array kTelegrafShapes = {Shape::kTelegraf, Shape::kTelegrafBatch};
constexpr std::array kTelegrafNode = {Place{kElement, "tags.source"}};
constexpr std::array kTelegrafTime = {Place{kElement, "timestamp"}};
constexpr std::array kTelegrafPath = {Place{kElement, "tags.path"}, Place{kElement, "name"}};

constexpr std::array kPipelineShapes = {Shape::kPipeline};
constexpr std::array kPipelineNode = {Place{kEnvelope, "Telemetry.node_id_str"},
                                      Place{kEnvelope, "Telemetry.nodeIdStr"}, Place{kEnvelope, "Source"}};
constexpr std::array kPipelineTime = {Place{kElement, "Timestamp"},
                                      Place{kEnvelope, "Telemetry.msg_timestamp"},
                                      Place{kEnvelope, "Telemetry.msgTimestamp"}};
constexpr std::array kPipelinePath = {Place{kEnvelope, "Telemetry.encoding_path"},
                                      Place{kEnvelope, "Telemetry.encodingPath"}};

constexpr std::array kMdtShapes = {Shape::kMdt};
constexpr std::array kMdtNode = {Place{kEnvelope, "node_id_str"}, Place{kEnvelope, "nodeIdStr"}};
constexpr std::array kMdtTime = {Place{kElement, "timestamp"}, Place{kEnvelope, "msg_timestamp"},
                                 Place{kEnvelope, "msgTimestamp"}};
constexpr std::array kMdtPath = {Place{kEnvelope, "encoding_path"}, Place{kEnvelope, "encodingPath"}};

constexpr std::array kJsonShapes = {Shape::kGnmicJson};
constexpr std::array kJsonNode = {Place{kEnvelope, "source"}, Place{kEnvelope, "target"},
                                  Place{kEnvelope, "system-name"}};
constexpr std::array kJsonTime = {Place{kEnvelope, "timestamp"}, Place{kEnvelope, "time"}};
constexpr std::array kJsonPath = {Place{kEnvelope, "prefix"}, Place{kElement, "Path"}, Place{kElement, ""}};

constexpr std::array kProtoShapes = {Shape::kGnmiProto};
constexpr std::array kProtoNode = {Place{kEnvelope, "update.prefix.target"},
                                   Place{kKey, "the Kafka key, up to `:::`"}};
constexpr std::array kProtoTime = {Place{kEnvelope, "update.timestamp"}};

constexpr std::array kProtoPath = {Place{kEnvelope, "update.prefix.elem"}, Place{kElement, "path.elem"},
                                   Place{kElement, "elem"}};

constexpr std::array kYangShapes = {Shape::kYangPush};
constexpr std::array kYangNode = {Place{kAnywhere, "hostname"}, Place{kAnywhere, "sysName"},
                                  Place{kAnywhere, "export-address"}};
constexpr std::array kYangTime = {Place{kAnywhere, "event-time"}, Place{kAnywhere, "eventTime"},
                                  Place{kAnywhere, "collection-timestamp"}};
constexpr std::array kYangPath = {Place{kElement, "target"}, Place{kElement, "datastore-contents"}};

constexpr std::array<DialectFacts, kDialectCount> kFacts = {
    DialectFacts{.dialect = Dialect::kEda,
                 .name = "Nokia EDA",
                 .source = "Nokia's Event-Driven Automation",
                 .shapes = kEdaShapes,
                 .element = "entry",
                 .node = kEdaNode,
                 .node_namespace = kEdaNamespace,
                 .time = kEdaTime,
                 .path = "`path` of the message, with dots",
                 .path_members = kEdaPath},
    DialectFacts{.dialect = Dialect::kGnmicEvent,
                 .name = "gNMIc event",
                 .source = "gNMIc, `format: event`",
                 .shapes = kEventShapes,
                 .element = "event",
                 .node = kEventNode,
                 .node_namespace = {},
                 .time = kEventTime,
                 .path = "the names in `values`, the texts in `deletes`",
                 .path_members = kEventPath,
                 .joins_paths = true},
    DialectFacts{.dialect = Dialect::kTelegraf,
                 .name = "Telegraf JSON",
                 .source = "Telegraf, inputs gnmi and cisco_telemetry_mdt",
                 .shapes = kTelegrafShapes,
                 .element = "metric",
                 .node = kTelegrafNode,
                 .node_namespace = {},
                 .time = kTelegrafTime,
                 .path = "tag `path`, else `name` if it is a path, and the names in `fields`",
                 .path_members = kTelegrafPath},
    DialectFacts{.dialect = Dialect::kCiscoPipeline,
                 .name = "Cisco pipeline JSON",
                 .source = "Cisco's pipeline (bigmuddy)",
                 .shapes = kPipelineShapes,
                 .element = "row",
                 .node = kPipelineNode,
                 .node_namespace = {},
                 .time = kPipelineTime,
                 .path = "`Telemetry.encoding_path`, and the names in `Content`",
                 .path_members = kPipelinePath},
    DialectFacts{.dialect = Dialect::kCiscoMdt,
                 .name = "Cisco MDT JSON",
                 .source = "Cisco's dial-out, as JSON or self-describing GPB written as JSON",
                 .shapes = kMdtShapes,
                 .element = "row",
                 .node = kMdtNode,
                 .node_namespace = {},
                 .time = kMdtTime,
                 .path = "`encoding_path`, and the names in `content`",
                 .path_members = kMdtPath},
    DialectFacts{.dialect = Dialect::kGnmicJson,
                 .name = "gNMIc json",
                 .source = "gNMIc, `format: json`",
                 .shapes = kJsonShapes,
                 .element = "update",
                 .node = kJsonNode,
                 .node_namespace = {},
                 .time = kJsonTime,
                 .path = "`prefix`, then the names in `values` of the update, else its `Path`",
                 .path_members = kJsonPath,
                 .joins_paths = true},
    DialectFacts{.dialect = Dialect::kGnmiProto,
                 .name = "gNMIc protojson",
                 .source = "gNMIc, `format: protojson`, and others that write gNMI's protobuf as JSON",
                 .shapes = kProtoShapes,
                 .element = "update",
                 .node = kProtoNode,
                 .node_namespace = {},
                 .time = kProtoTime,
                 .path = "`elem` of `update.prefix`, then of the update's `path`",
                 .path_members = kProtoPath,
                 .joins_paths = true},
    DialectFacts{.dialect = Dialect::kYangPush,
                 .name = "YANG-Push",
                 .source = "devices and collectors after RFC 8641",
                 .shapes = kYangShapes,
                 .element = "update",
                 .node = kYangNode,
                 .node_namespace = {},
                 .time = kYangTime,
                 .path = "the names in `datastore-contents`, `target` of an edit",
                 .path_members = kYangPath},
};

constexpr bool IsInOrder() {
  for (size_t i = 0; i < kFacts.size(); ++i) {
    if (kFacts[i].dialect != static_cast<Dialect>(i)) return false;
  }
  return true;
}
static_assert(IsInOrder());

}  // namespace

const DialectFacts& FactsOf(Dialect dialect) {
  return kFacts[static_cast<size_t>(dialect)];
}

std::span<const DialectFacts> AllDialectFacts() {
  return kFacts;
}

}  // namespace ntsp::decode
