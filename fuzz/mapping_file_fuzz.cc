// A person's mapping file: what is taken can be used, what is not is explained line by line.
#include <cstdint>

#include "message_check.h"
#include "normalize/mapping_file.h"
#include "normalize/normalizer.h"
#include "property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ntsp;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mapping = normalize::Mapping::Parse("m", text);
  if (!mapping) {
    fuzz::Require(mapping.error().message.starts_with("m:"), "a mistake is told with its place",
                  mapping.error().message);
    return 0;
  }
  fuzz::Require((*mapping)->rows().size() == normalize::BuiltinRows().size() + (*mapping)->own_rows(),
                "own rows stand beside the built-in ones");
  fuzz::Require((*mapping)->own_rows() <= size, "a row needs text");
  const normalize::Normalizer normalizer({}, (*mapping)->rows());
  return 0;
}
