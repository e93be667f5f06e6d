// gNMIc's format `event`: {"name":…,"timestamp":…,"tags":{"source":…,"interface_name":…},"values":{path:
// value}}, with `deletes` for what is gone. Envelope and element are the event. The node is the tag source
// (without its port), else target. The other tags are the keys. Values are grouped by object instance
// (gnmic_name.h), a sample each. Most events of a subscription carry no values at all: a normal no-op.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

void DecodeGnmicEvent(JsonCursor& in, Context& context);

// "leaf1:57400" → "leaf1", "[2001:db8::1]:57400" → "2001:db8::1"; an IPv6 address without brackets stays
// whole.
std::string_view WithoutPort(std::string_view source);

}  // namespace ntsp::decode
