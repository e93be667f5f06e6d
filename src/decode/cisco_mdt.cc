#include "decode/cisco_mdt.h"

#include "decode/cisco_envelope.h"
#include "decode/cisco_header.h"
#include "decode/cisco_row.h"
#include "decode/gpb_kv.h"

namespace ntsp::decode {
namespace {

void ReadJsonRows(JsonCursor& in, const CiscoMessage& message, Context& context) {
  ReadCiscoRows(in, {"timestamp", "keys", "content"}, message, context);
}

void RefuseGpb(JsonCursor& in, const CiscoMessage& message, Context& context) {
  const auto from = in.mark();
  JsonCursor ahead = in;
  const bool is_empty = ahead.AtObject() && !ahead.EnterObject();
  if (in.Value().kind == Scalar::Kind::kNull || is_empty) return;
  CiscoRow row(message, context);
  row.Refuse(
      "is compact GPB, which only the device's .proto files explain: let the device send "
      "self-describing GPB or JSON");
  if (!in.error()) row.Finish(in.Raw(from));
}

CiscoEnvelope::ReadRows ReaderOf(std::string_view member) {
  if (member == "data_json" || member == "dataJson") return ReadJsonRows;
  if (member == "data_gpbkv" || member == "dataGpbkv") return ReadGpbKvRows;
  if (member == "data_gpb" || member == "dataGpb") return RefuseGpb;
  return nullptr;
}

}  // namespace

void DecodeCiscoMdt(JsonCursor& in, Context& context) {
  const auto from = in.mark();
  CiscoEnvelope envelope(Dialect::kCiscoMdt, context);
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view name = in.Key();
    if (ReadCiscoHeader(name, in, envelope.header())) continue;
    if (const auto read = ReaderOf(name)) {
      envelope.TakeRows(in, read);
    } else {
      in.Skip();
    }
  }
  if (!in.error()) envelope.End(in.Raw(from));
}

}  // namespace ntsp::decode
