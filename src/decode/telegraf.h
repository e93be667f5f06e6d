// Telegraf's JSON, as inputs.gnmi and inputs.cisco_telemetry_mdt fill it: one metric {"name":…,"tags":{…},
// "fields":{…},"timestamp":…}, or a batch {"metrics":[…]}. An element is a metric. The node is the tag
// `source`; `host` is the collector and never a node. The tag `path` says where in the device's model the
// fields stand, or the metric's name if that is a path. Tags that are list keys without their list become
// keys with it (list_key.h).
//
// Metrics without any path are about an interface if their fields can be about nothing else, or if the
// metric's name says so too; else they are another subsystem's, as are those of Telegraf's other inputs.
//
// A metric with `operation` = "delete" has the keys of what is gone, but not its path: the innermost object
// that the keys name is taken to be gone.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

void DecodeTelegraf(JsonCursor& in, Context& context);
void DecodeTelegrafBatch(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
