// Self-describing GPB of Cisco devices, printed as JSON: a row is {"timestamp":…,"fields":[{"name":"keys",
// "fields":[…]},{"name":"content","fields":[…]}]}, a field {"name":…,"uint64Value":"7"} or {"name":…,
// "fields":[…]}, in both spellings of proto3 JSON. Neighbours of one name are the entries of a list.
#pragma once

#include <string>

#include "decode/cisco_row.h"
#include "model/json_cursor.h"

namespace ntsp::decode {

// Reads the list of rows at `in`.
void ReadGpbKvRows(JsonCursor& in, const CiscoMessage& message, Context& context);

// The fields at `in` as the JSON object that they stand for:
// [{"name":"a","boolValue":true},{"name":"b","fields":[{"name":"c","uint64_value":7}]}] appends
// {"a":true,"b":{"c":7}} to `out`. What is no field is left out.
void AppendGpbKvFields(JsonCursor& in, std::string& out);

}  // namespace ntsp::decode
