#include "decode/detect.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace ntsp::decode {
namespace {

// What an object's members say about it. Bits.
enum Sign : uint32_t {
  kPath = 1 << 0,
  kEntries = 1 << 1,
  kIetf = 1 << 2,
  kTelemetryData = 1 << 3,
  kTelemetryNode = 1 << 4,
  kPayload = 1 << 5,
  kPayloadSide = 1 << 6,
  kRows = 1 << 7,
  kTelemetry = 1 << 8,
  kEncodingPath = 1 << 9,
  kMetrics = 1 << 10,
  kFieldsObject = 1 << 11,
  kFields = 1 << 12,
  kTagsObject = 1 << 13,
  kTags = 1 << 14,
  kName = 1 << 15,
  kNotification = 1 << 16,
  kChanges = 1 << 17,
  kControlMark = 1 << 18,
  kMdtRows = 1 << 19,
};

// The tests look at a member's value, where `in` stands.
bool Any(const JsonCursor&) {
  return true;
}
bool IsText(const JsonCursor& in) {
  return in.AtText();
}
bool IsObject(const JsonCursor& in) {
  return in.AtObject();
}
bool IsArray(const JsonCursor& in) {
  return in.AtArray();
}
bool IsList(const JsonCursor& in) {
  return in.AtArray() || in.AtObject();
}
bool IsTextOrObject(const JsonCursor& in) {
  return in.AtText() || in.AtObject();
}

bool HoldsOneOf(JsonCursor in, std::initializer_list<std::string_view> names) {
  if (!in.AtObject()) return false;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view key = in.Key();
    for (const std::string_view name : names) {
      if (key == name) return true;
    }
    in.JumpOver();
  }
  return false;
}

bool IsNotification(const JsonCursor& in) {
  return HoldsOneOf(in, {"update", "delete", "prefix", "timestamp"});
}

bool IsMetricList(const JsonCursor& value) {
  JsonCursor in = value;
  return in.AtArray() && in.EnterArray() && HoldsOneOf(in, {"fields"});
}

bool IsCollectorLog(const JsonCursor& value) {
  JsonCursor in = value;
  const std::string_view type = in.Value().text;
  return type == "log_init" || type == "log_close";
}

struct Rule {
  std::string_view member;
  bool (*test)(const JsonCursor& value);
  Sign sign;
};

// By length of the name: most members of most messages have a length that few or no rules have.
constexpr std::array kRules = std::to_array<Rule>({
    {"path", IsText, kPath},
    {"tags", IsObject, kTagsObject},
    {"tags", Any, kTags},
    {"name", Any, kName},
    {"Rows", IsArray, kRows},
    {"fields", IsObject, kFieldsObject},
    {"fields", Any, kFields},
    {"update", IsNotification, kNotification},
    {"header", Any, kPayloadSide},
    {"entries", IsList, kEntries},
    {"updates", IsArray, kChanges},
    {"deletes", IsArray, kChanges},
    {"metrics", IsMetricList, kMetrics},
    {"payload", IsObject, kPayload},
    {"dataJson", IsArray, kMdtRows},
    {"Telemetry", IsObject, kTelemetry},
    {"data_json", IsArray, kMdtRows},
    {"dataGpbkv", IsArray, kMdtRows},
    {"media_type", Any, kPayloadSide},
    {"data_gpbkv", IsArray, kMdtRows},
    {"event_type", IsCollectorLog, kControlMark},
    {"encodingPath", Any, kEncodingPath},
    {"syncResponse", Any, kControlMark},
    {"encoding_path", Any, kEncodingPath},
    {"sync-response", Any, kControlMark},
    {"telemetry_data", IsTextOrObject, kTelemetryData},
    {"telemetry_node", Any, kTelemetryNode},
    {"ietf-yp-notification:envelope", Any, kIetf},
    {"ietf-telemetry-message:message", Any, kIetf},
    {"ietf-notification:notification", Any, kIetf},
});

constexpr size_t kLongest = kRules.back().member.size();
static_assert(std::ranges::is_sorted(kRules, {}, [](const Rule& rule) { return rule.member.size(); }));

// Index of the first rule of each length, or of the next longer one.
constexpr auto kFirstOfLength = [] {
  std::array<uint8_t, kLongest + 2> first{};
  for (const Rule& rule : kRules) {
    for (size_t longer = rule.member.size() + 1; longer < first.size(); ++longer) ++first[longer];
  }
  return first;
}();

uint32_t SignsOf(std::string_view member, const JsonCursor& value) {
  uint32_t signs = 0;
  if (member.empty() || member.size() > kLongest) return signs;
  for (size_t i = kFirstOfLength[member.size()]; i < kFirstOfLength[member.size() + 1]; ++i) {
    const Rule& rule = kRules[i];
    const bool fits = rule.member.front() == member.front() && rule.member == member;
    if (fits && rule.test(value)) signs |= rule.sign;
  }
  return signs;
}

Shape ShapeOf(uint32_t signs) {
  const auto all = [signs](uint32_t wanted) { return (signs & wanted) == wanted; };
  const auto none = [signs](uint32_t unwanted) { return (signs & unwanted) == 0; };
  if (all(kPath | kEntries)) return Shape::kEda;
  if (all(kIetf)) return Shape::kYangPush;
  if (all(kTelemetryData | kTelemetryNode) || all(kPayload | kPayloadSide)) return Shape::kWrapper;
  if (all(kRows | kTelemetry)) return Shape::kPipeline;
  if (all(kEncodingPath)) return Shape::kMdt;
  if (all(kMetrics)) return Shape::kTelegrafBatch;
  if (all(kFieldsObject) && !none(kTags | kName)) return Shape::kTelegraf;
  if (all(kNotification)) return Shape::kGnmiProto;
  if (all(kChanges) && none(kTags)) return Shape::kGnmicJson;
  if (all(kTagsObject) && none(kFields)) return Shape::kGnmicEvent;
  if (all(kControlMark)) return Shape::kControl;
  return Shape::kUnknown;
}

// Members that no other dialect has, alone or together, need no look at the rest, where most of the bytes
// are.
bool IsDecided(Shape shape, uint32_t signs) {
  switch (shape) {
    case Shape::kEda:
    case Shape::kYangPush:
    case Shape::kWrapper:
    case Shape::kPipeline:
    case Shape::kTelegraf:
    case Shape::kGnmiProto:
      return true;
    case Shape::kMdt:
      return (signs & kMdtRows) != 0;
    case Shape::kTelegrafBatch:
    case Shape::kGnmicJson:
    case Shape::kGnmicEvent:
    case Shape::kControl:
    case Shape::kUnknown:
      return false;
  }
  return false;
}

}  // namespace

std::string_view ShapeName(Shape shape) {
  switch (shape) {
    case Shape::kEda:
      return "EDA";
    case Shape::kYangPush:
      return "YANG-Push";
    case Shape::kWrapper:
      return "wrapped telemetry (pmacct, NetGauze)";
    case Shape::kPipeline:
      return "Cisco pipeline JSON";
    case Shape::kMdt:
      return "Cisco MDT JSON";
    case Shape::kTelegrafBatch:
      return "Telegraf batch";
    case Shape::kTelegraf:
      return "Telegraf metric";
    case Shape::kGnmiProto:
      return "gNMIc protojson";
    case Shape::kGnmicJson:
      return "gNMIc json";
    case Shape::kGnmicEvent:
      return "gNMIc event";
    case Shape::kControl:
      return "control message";
    case Shape::kUnknown:
      return "unknown";
  }
  return "";
}

Shape Detect(JsonCursor in) {
  uint32_t signs = 0;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    signs |= SignsOf(in.Key(), in);
    const Shape shape = ShapeOf(signs);
    if (IsDecided(shape, signs)) return shape;
    in.JumpOver();
  }
  return in.error() ? Shape::kUnknown : ShapeOf(signs);
}

}  // namespace ntsp::decode
