// Indexes of the JSON documents that stand inside others: as text (what a collector wrapped), or as bytes of
// a value (gNMI in proto3 JSON). One of each at a time: no dialect nests deeper.
#pragma once

#include <string>

#include "model/json_index.h"

namespace ntsp::decode {

// One worker. The documents' texts are in the message or in Samples::arena, and so outlive their reading.
struct NestedJson {
  JsonIndex text;
  JsonIndex value;
  std::string written;  // scratch: a document in the making, which `value` will index
};

}  // namespace ntsp::decode
