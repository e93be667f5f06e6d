// One decoder: NTSP_FUZZ_SHAPES names what its dialect looks like. Input of another dialect is left alone, so
// that the corpus stays with this one.
#include <cstdint>

#include "decode/detect.h"
#include "message_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using enum ntsp::decode::Shape;
  const std::string_view value(reinterpret_cast<const char*>(data), size);
  for (const auto shape : {NTSP_FUZZ_SHAPES}) {
    if (!ntsp::fuzz::IsOfShape(value, shape)) continue;
    ntsp::fuzz::CheckMessage(value, value);
    break;
  }
  return 0;
}
