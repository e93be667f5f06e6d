#include "decode/decoder.h"

#include "decode/cisco_mdt.h"
#include "decode/cisco_pipeline.h"
#include "decode/detect.h"
#include "decode/eda.h"
#include "decode/gnmi_proto.h"
#include "decode/gnmic_event.h"
#include "decode/gnmic_json.h"
#include "decode/telegraf.h"
#include "decode/wrapper.h"
#include "decode/yang_push.h"

namespace ntsp::decode {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// An envelope that cannot be taken apart at all.
void FailObject(std::string_view raw, std::string message, Samples& out) {
  out.failed.push_back({std::nullopt, raw, {RejectKind::kUnknownDialect, std::move(message)}});
}

std::string_view SkipToRaw(JsonCursor& in) {
  const auto from = in.mark();
  in.Skip();
  return in.error() ? std::string_view() : in.Raw(from);
}

void DropControl(JsonCursor& in, Context& context) {
  in.Skip();
  context.out.drops.push_back({DropKind::kControl, {}});
}

// A new dialect is one more row here. nullptr: none is known.
DecodeObject DecoderOf(Shape shape) {
  switch (shape) {
    case Shape::kEda:
      return DecodeEda;
    case Shape::kGnmicEvent:
      return DecodeGnmicEvent;
    case Shape::kPipeline:
      return DecodeCiscoPipeline;
    case Shape::kMdt:
      return DecodeCiscoMdt;
    case Shape::kTelegraf:
      return DecodeTelegraf;
    case Shape::kTelegrafBatch:
      return DecodeTelegrafBatch;
    case Shape::kGnmicJson:
      return DecodeGnmicJson;
    case Shape::kGnmiProto:
      return DecodeGnmiProto;
    case Shape::kYangPush:
      return DecodeYangPush;
    case Shape::kWrapper:
      return DecodeWrapper;
    case Shape::kControl:
      return DropControl;
    case Shape::kUnknown:
      return nullptr;
  }
  return nullptr;
}

void ReadAs(Shape shape, JsonCursor& in, Context& context) {
  if (const DecodeObject decode = DecoderOf(shape)) return decode(in, context);
  const std::string_view raw = SkipToRaw(in);
  FailObject(raw, "an object of no known dialect: no member that any of them has", context.out);
}

std::vector<std::string> FirstMembers(JsonCursor in) {
  constexpr size_t kEnough = 8;
  std::vector<std::string> names;
  for (bool more = in.EnterObject(); more && names.size() < kEnough; more = in.NextMember()) {
    names.emplace_back(in.Key());
    in.JumpOver();
  }
  return names;
}

void ReadTraced(JsonCursor& in, Context& context) {
  std::vector<Trace::Object>& objects = context.trace->objects;
  const size_t at = objects.size();
  const Detection detection = DetectBecause(in);
  const SamplesMark mark(context.out);
  const bool is_unknown = detection.shape == Shape::kUnknown;
  objects.push_back({detection,
                     is_unknown ? FirstMembers(in) : std::vector<std::string>(),
                     context.wrappers,
                     context.in_text,
                     mark,
                     mark,
                     {}});
  const auto from = in.mark();
  ReadAs(detection.shape, in, context);
  objects[at].to = SamplesMark(context.out);
  if (!in.error()) objects[at].raw = in.Raw(from);
}

void ReadObject(JsonCursor& in, Context& context) {
  context.trace == nullptr ? ReadAs(Detect(in), in, context) : ReadTraced(in, context);
}

// Nothing at all was understood: then the whole value is given back, byte for byte, with the first reason.
bool NothingRead(const Samples& out) {
  return !out.failed.empty() && out.elements.empty() && out.drops.empty();
}

}  // namespace

// Recursion is bounded by JsonCursor::kMaxDepth.
void DecodeValue(JsonCursor& in, Context& context) {
  if (in.AtObject()) return ReadObject(in, context);
  if (!in.AtArray()) {
    const std::string_view raw = SkipToRaw(in);
    return FailObject(raw, "a bare value, where an object of a telemetry dialect is expected", context.out);
  }
  bool more = in.EnterArray();
  if (!more) context.out.drops.push_back({DropKind::kEmptyEvent, {}});
  for (; more; more = in.NextElement()) DecodeValue(in, context);
}

std::optional<Rejection> Decoder::Decode(const RawMessage& message, Samples& out, Trace* trace) {
  out.Clear();
  if (paths_.Full() || gnmic_names_.Full() || telegraf_names_.Full()) ForgetNames();
  if (!message.value) {
    out.drops.push_back({DropKind::kTombstone, {}});
    return std::nullopt;
  }
  auto rejection = DecodeText(message, out, trace);
  if (rejection) out.Clear();
  return rejection;
}

std::optional<Rejection> Decoder::DecodeText(const RawMessage& message, Samples& out, Trace* trace) {
  std::string_view value = *message.value;
  if (trace != nullptr) trace->packing = PackingOf(value);
  if (auto why = unpacker_.Unpack(value)) return why;
  if (trace != nullptr) trace->unpacked_size = value.size();
  if (value.starts_with(kByteOrderMark)) value.remove_prefix(kByteOrderMark.size());
  if (const auto error = index_.Build(value)) return error->ToRejection();
  Context context{out, paths_, gnmic_names_, gnmic_work_, telegraf_names_, tree_work_, nested_, message};
  context.trace = trace;
  JsonCursor in(index_, out.arena);
  while (!in.AtEnd()) DecodeValue(in, context);
  if (in.error()) return in.error()->ToRejection();
  if (NothingRead(out)) return std::move(out.failed.front().why);
  return std::nullopt;
}

void Decoder::ForgetNames() {
  telegraf_names_.Clear();
  gnmic_names_.Clear();
  paths_.Clear();
}

}  // namespace ntsp::decode
