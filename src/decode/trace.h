// What decoding met on its way, for `ntsp explain`: the decoder fills it where it is asked to, and costs
// nothing where it is not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "decode/detect.h"
#include "decode/samples_mark.h"
#include "decode/unpack.h"

namespace ntsp::decode {

struct Trace {
  // An object that was looked at for its dialect, in the order of the message: a wrapper stands before what
  // it holds. What it gave to the Samples lies between the marks.
  struct Object {
    Detection detection;
    std::vector<std::string> members;  // kUnknown: the first that it has
    uint32_t wrappers;                 // around it
    bool in_text;                      // it stands as JSON text in a wrapper
    SamplesMark from, to;
    std::string_view raw;  // valid as long as the Samples are; empty if the message was rejected
  };

  Packing packing = Packing::kNone;
  size_t unpacked_size = 0;  // of the value
  std::vector<Object> objects;
};

}  // namespace ntsp::decode
