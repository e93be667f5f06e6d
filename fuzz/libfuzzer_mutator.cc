// libFuzzer's own changes of bytes, and ours of JSON, in turn.
#include <cstdint>
#include <cstring>

#include "json_mutator.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  using namespace ntsp::fuzz;
  Random random(seed);
  if (random() % 3 == 0) return LLVMFuzzerMutate(data, size, max_size);
  std::string text(reinterpret_cast<const char*>(data), size);
  for (unsigned changes = 1 + random() % 3; changes > 0; --changes) {
    std::string changed = MutateJson(text, random);
    if (changed.size() > max_size) break;
    text = std::move(changed);
  }
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
