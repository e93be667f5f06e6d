#include "decode/detect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

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

// What makes a shape: all signs of `all`, one of `any` if there are some, and none of `none`.
struct Recognition {
  Shape shape;
  uint32_t all;
  uint32_t any = 0;
  uint32_t none = 0;

  constexpr bool Fits(uint32_t signs) const {
    return (signs & all) == all && (any == 0 || (signs & any) != 0) && (signs & none) == 0;
  }
};

// The first that fits wins.
constexpr std::array kRecognitions = std::to_array<Recognition>({
    {Shape::kEda, kPath | kEntries},
    {Shape::kYangPush, kIetf},
    {Shape::kWrapper, kTelemetryData | kTelemetryNode},
    {Shape::kWrapper, kPayload | kPayloadSide},
    {Shape::kPipeline, kRows | kTelemetry},
    {Shape::kMdt, kEncodingPath},
    {Shape::kTelegrafBatch, kMetrics},
    {Shape::kTelegraf, kFieldsObject, kTags | kName},
    {Shape::kGnmiProto, kNotification},
    {Shape::kGnmicJson, kChanges, 0, kTags},
    {Shape::kGnmicEvent, kTagsObject, 0, kFields},
    {Shape::kControl, kControlMark},
});

// Unrolled: it is asked for each member.
template <size_t... I>
Shape FirstFit(uint32_t signs, std::index_sequence<I...>) {
  Shape shape = Shape::kUnknown;
  static_cast<void>(((kRecognitions[I].Fits(signs) && (shape = kRecognitions[I].shape, true)) || ...));
  return shape;
}

Shape ShapeOf(uint32_t signs) {
  return FirstFit(signs, std::make_index_sequence<kRecognitions.size()>());
}

// `see` is told each rule that fits.
template <typename See>
uint32_t SignsOf(std::string_view member, const JsonCursor& value, const See& see) {
  uint32_t signs = 0;
  if (member.empty() || member.size() > kLongest) return signs;
  for (size_t i = kFirstOfLength[member.size()]; i < kFirstOfLength[member.size() + 1]; ++i) {
    const Rule& rule = kRules[i];
    if (rule.member.front() != member.front() || rule.member != member || !rule.test(value)) continue;
    signs |= rule.sign;
    see(rule);
  }
  return signs;
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

struct Found {
  Shape shape;
  uint32_t signs;
};

template <typename See>
Found Find(JsonCursor& in, const See& see) {
  uint32_t signs = 0;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    signs |= SignsOf(in.Key(), in, see);
    const Shape shape = ShapeOf(signs);
    if (IsDecided(shape, signs)) return {shape, signs};
    in.JumpOver();
  }
  return {in.error() ? Shape::kUnknown : ShapeOf(signs), signs};
}

// What a test asks of a member's value, for a person; empty: nothing.
std::string_view Demand(bool (*test)(const JsonCursor&)) {
  constexpr std::array<std::pair<bool (*)(const JsonCursor&), std::string_view>, 8> kDemands = {
      {{Any, ""},
       {IsText, "text"},
       {IsObject, "an object"},
       {IsArray, "an array"},
       {IsList, "an array or object"},
       {IsTextOrObject, "text or an object"},
       {IsNotification, "an object with update, delete, prefix or timestamp"},
       {IsMetricList, "an array of objects with fields"}}};
  for (const auto& [known, demand] : kDemands) {
    if (known == test) return demand;
  }
  return "log_init or log_close";  // IsCollectorLog
}

// "`tags` (an object)", "one of `header`, `media_type`": what gives one of `signs`.
std::string Members(uint32_t signs) {
  std::string text;
  size_t count = 0;
  for (const Rule& rule : kRules) {
    if ((rule.sign & signs) == 0) continue;
    text += fmt::format("{}`{}`", count++ == 0 ? "" : ", ", rule.member);
    if (const std::string_view demand = Demand(rule.test); !demand.empty()) {
      text += fmt::format(" ({})", demand);
    }
  }
  return count > 1 ? "one of " + text : text;
}

std::string Markdown(const Recognition& recognition) {
  std::vector<std::string> parts;
  for (uint32_t sign = 1; sign <= kMdtRows; sign <<= 1) {
    if ((recognition.all & sign) != 0) parts.push_back(Members(sign));
  }
  if (recognition.any != 0) parts.push_back(Members(recognition.any));
  std::string text = fmt::format("{}", fmt::join(parts, " and "));
  if (recognition.none != 0) text += ", without " + Members(recognition.none);
  return text;
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
  return Find(in, [](const Rule&) {}).shape;
}

Detection DetectBecause(JsonCursor in) {
  std::vector<const Rule*> seen;
  const Found found = Find(in, [&seen](const Rule& rule) { seen.push_back(&rule); });
  Detection detection{found.shape, {}, {}};
  if (found.shape == Shape::kUnknown) return detection;
  const Recognition& fit =
      *std::ranges::find_if(kRecognitions, [&](const Recognition& r) { return r.Fits(found.signs); });
  for (const Rule* const rule : seen) {
    if ((rule->sign & (fit.all | fit.any)) == 0) continue;
    detection.members.push_back({rule->member, Demand(rule->test)});
  }
  for (const Rule& rule : kRules) {
    if ((rule.sign & fit.none) != 0 && rule.test == Any) detection.without.push_back(rule.member);
  }
  return detection;
}

std::vector<Shape> ShapesInOrder() {
  std::vector<Shape> shapes;
  for (const Recognition& recognition : kRecognitions) {
    if (shapes.empty() || shapes.back() != recognition.shape) shapes.push_back(recognition.shape);
  }
  return shapes;
}

std::string RecognisedBy(Shape shape) {
  std::string text;
  for (const Recognition& recognition : kRecognitions) {
    if (recognition.shape != shape) continue;
    if (!text.empty()) text += "; or ";
    text += Markdown(recognition);
  }
  return text;
}

}  // namespace ntsp::decode
