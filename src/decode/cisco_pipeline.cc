#include "decode/cisco_pipeline.h"

#include "decode/cisco_envelope.h"
#include "decode/cisco_header.h"
#include "decode/cisco_row.h"
#include "decode/gnmic_event.h"

namespace ntsp::decode {
namespace {

constexpr CiscoRowNames kNames = {"Timestamp", "Keys", "Content"};

void ReadHeader(JsonCursor& in, CiscoHeader& header) {
  if (!in.AtObject()) return in.Skip();
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    if (!ReadCiscoHeader(in.Key(), in, header)) in.Skip();
  }
}

void ReadRows(JsonCursor& in, const CiscoMessage& message, Context& context) {
  ReadCiscoRows(in, kNames, message, context);
}

}  // namespace

void DecodeCiscoPipeline(JsonCursor& in, Context& context) {
  const auto from = in.mark();
  CiscoEnvelope envelope(Dialect::kCiscoPipeline, context);
  std::string_view source;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view name = in.Key();
    if (name == "Telemetry") {
      ReadHeader(in, envelope.header());
    } else if (name == "Source") {
      source = WithoutPort(ReadCiscoText(in));
    } else if (name == "Rows") {
      envelope.TakeRows(in, ReadRows);
    } else {
      in.Skip();
    }
  }
  if (in.error()) return;
  if (envelope.header().node.empty()) envelope.header().node = source;
  envelope.End(in.Raw(from));
}

}  // namespace ntsp::decode
