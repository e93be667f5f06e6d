#include "decode/cisco_header.h"

#include "decode/time_value.h"

namespace ntsp::decode {

std::string_view ReadCiscoText(JsonCursor& in) {
  const Scalar value = in.Value();
  return value.kind == Scalar::Kind::kText ? value.text : std::string_view();
}

bool ReadCiscoHeader(std::string_view name, JsonCursor& in, CiscoHeader& header) {
  if (name == "node_id_str" || name == "nodeIdStr") {
    header.node = ReadCiscoText(in);
  } else if (name == "encoding_path" || name == "encodingPath") {
    header.encoding_path = ReadCiscoText(in);
  } else if (name == "msg_timestamp" || name == "msgTimestamp") {
    header.time = ReadTime(in.Value());
  } else {
    return false;
  }
  return true;
}

}  // namespace ntsp::decode
