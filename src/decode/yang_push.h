// YANG-Push notifications (RFC 8641) as JSON: in an ietf-telemetry-message:message, an
// ietf-yp-notification:envelope, or the legacy ietf-notification:notification. An element is a push-update,
// whose datastore-contents are one tree (tree.h), or one edit of a push-change-update. The node is
// `hostname`, else `sysName`, else the message's export-address; the time is the notification's event time,
// else when it was collected. What tells of subscriptions is dropped as control; other notifications belong
// to other subsystems.
#pragma once

#include "decode/context.h"

namespace ntsp::decode {

void DecodeYangPush(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
