// Cisco's pipeline (and pipeline-gnmi), codec "json":
// {"Source":"192.0.2.1:57500","Telemetry":{"node_id_str":…,
// "encoding_path":…,"msg_timestamp":…},"Rows":[{"Timestamp":…,"Keys":{…},"Content":{…}}]}. An element is a
// row. The node is node_id_str, else Source without its port.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

void DecodeCiscoPipeline(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
