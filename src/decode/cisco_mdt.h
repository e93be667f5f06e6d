// Cisco's model-driven telemetry as JSON: {"node_id_str":…,"encoding_path":…,"msg_timestamp":…} with rows in
// one of
//   data_json   [{"timestamp":…,"keys":…,"content":{…}}], as the device sends it with `encoding json`
//   data_gpbkv  self-describing GPB as JSON (gpb_kv.h)
//   data_gpb    compact GPB: bytes that nobody can read without the device's .proto files
// in both spellings of proto3 JSON, numbers as numbers or as text. An element is a row. A message without any
// of the three ends a collection: counted and dropped.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

void DecodeCiscoMdt(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
