#include "decode/decoder.h"

#include <fmt/format.h>

#include "decode/detect.h"
#include "decode/eda.h"
#include "decode/gnmic_event.h"

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

// A new dialect is one more row here. nullptr: recognised, but not read yet.
DecodeObject DecoderOf(Shape shape) {
  switch (shape) {
    case Shape::kEda:
      return DecodeEda;
    case Shape::kGnmicEvent:
      return DecodeGnmicEvent;
    case Shape::kControl:
      return DropControl;
    case Shape::kYangPush:
    case Shape::kWrapper:
    case Shape::kPipeline:
    case Shape::kMdt:
    case Shape::kTelegrafBatch:
    case Shape::kTelegraf:
    case Shape::kGnmiProto:
    case Shape::kGnmicJson:
    case Shape::kUnknown:
      return nullptr;
  }
  return nullptr;
}

void ReadObject(JsonCursor& in, Context& context) {
  const Shape shape = Detect(in);
  if (const DecodeObject decode = DecoderOf(shape)) return decode(in, context);
  const std::string_view raw = SkipToRaw(in);
  FailObject(raw,
             shape == Shape::kUnknown
                 ? "an object of no known dialect: no member that any of them has"
                 : fmt::format("recognised as {}, which this version does not read", ShapeName(shape)),
             context.out);
}

// Nothing at all was understood: then the whole value is given back, byte for byte, with the first reason.
bool NothingRead(const Samples& out) {
  return !out.failed.empty() && out.elements.empty() && out.drops.empty();
}

}  // namespace

std::optional<Rejection> Decoder::Decode(const RawMessage& message, Samples& out) {
  out.Clear();
  if (paths_.Full() || gnmic_names_.Full()) ForgetNames();
  if (!message.value) {
    out.drops.push_back({DropKind::kTombstone, {}});
    return std::nullopt;
  }
  auto rejection = DecodeText(*message.value, out);
  if (rejection) out.Clear();
  return rejection;
}

std::optional<Rejection> Decoder::DecodeText(std::string_view value, Samples& out) {
  if (value.starts_with(kByteOrderMark)) value.remove_prefix(kByteOrderMark.size());
  if (const auto error = index_.Build(value)) return error->ToRejection();
  Context context{out, paths_, gnmic_names_, gnmic_work_};
  JsonCursor in(index_, out.arena);
  while (!in.AtEnd()) ReadValue(in, context);
  if (in.error()) return in.error()->ToRejection();
  if (NothingRead(out)) return std::move(out.failed.front().why);
  return std::nullopt;
}

// Recursion is bounded by JsonCursor::kMaxDepth.
void Decoder::ReadValue(JsonCursor& in, Context& context) {
  if (in.AtObject()) return ReadObject(in, context);
  if (!in.AtArray()) {
    const std::string_view raw = SkipToRaw(in);
    return FailObject(raw, "a bare value, where an object of a telemetry dialect is expected", context.out);
  }
  bool more = in.EnterArray();
  if (!more) context.out.drops.push_back({DropKind::kEmptyEvent, {}});
  for (; more; more = in.NextElement()) ReadValue(in, context);
}

void Decoder::ForgetNames() {
  gnmic_names_.Clear();
  paths_.Clear();
}

}  // namespace ntsp::decode
