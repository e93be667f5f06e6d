// Records as JSON objects: numbers are numbers, times RFC 3339 with microseconds and 'Z', absent columns have
// no key, keys stand in the order of the column table.
#pragma once

#include <string_view>

#include "base/buffer.h"
#include "model/record.h"

namespace ntsp {

// Appends {"batch_id":…,…} without a line end. Pure; allocates only when `out` grows.
void AppendJson(const Record& record, Buffer& out);

// Appends `text` as a JSON string, quotes included. REQUIRES: valid UTF-8.
void AppendJsonString(std::string_view text, Buffer& out);

}  // namespace ntsp
