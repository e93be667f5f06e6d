// gNMI's TypedValue in proto3 JSON: {"uintVal":"7"}, {"jsonIetfVal":"eyJ…"}, {"decimalVal":{"digits":"125",
// "precision":2}}.
#pragma once

#include "decode/notification.h"
#include "model/json_cursor.h"

namespace ntsp::decode {

// Adds the value at `in` to the notification's element; what cannot be read makes the element fail.
void AddGnmiValue(JsonCursor& in, Notification& notification, Arena& arena);

}  // namespace ntsp::decode
