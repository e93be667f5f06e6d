// Records as JSON objects: numbers are numbers, times RFC 3339 with microseconds and 'Z', absent columns have
// no key, keys stand in the order of the column table.
#pragma once

#include <string_view>

#include "base/buffer.h"
#include "model/record.h"

namespace ntsp {

// Appends {"batch_id":…,…} without a line end. Pure; allocates only when `out` grows.
void AppendJson(const Record& record, Buffer& out);

// The same for the records of one raw message, one behind the other. Most of them share when, of which node
// and in which batch they are, which is half of their text: what the record before has written of it is
// copied (measured: a quarter of the time). Belongs to one worker.
class RecordJson {
 public:
  // REQUIRES: the record of the last call still lives, unless Forget was called since.
  void Append(const Record& record, Buffer& out);
  void Forget() { last_ = nullptr; }

 private:
  const Record* last_ = nullptr;
  Buffer before_index_, behind_index_;  // its columns before and behind record_index, as they were written
};

// Appends `text` as a JSON string, quotes included. REQUIRES: valid UTF-8.
void AppendJsonString(std::string_view text, Buffer& out);

}  // namespace ntsp
