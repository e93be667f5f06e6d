// gNMI's SubscribeResponse in proto3 JSON, as gNMIc's format `protojson` writes it: {"update":{"timestamp":…,
// "prefix":{"target":…,"elem":[…]},"update":[{"path":{"elem":[{"name":…,"key":{…}}]},"val":{…}}],
// "delete":[path]}}. An element is an update or a delete. The node is the prefix's target, else the message's
// Kafka key, of which gNMIc makes "source:::subscription". 64-bit numbers are texts, and JSON values are
// base64 of JSON, which may be a leaf or a tree (tree.h). Member names may be spelled with '_' as well.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

void DecodeGnmiProto(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
