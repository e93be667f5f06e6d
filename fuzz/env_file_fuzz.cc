// A `.env` file: every variable has a name and a line, every mistake is told with its place.
#include <algorithm>
#include <cstdint>

#include "app/env_file.h"
#include "property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ntsp;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto entries = app::ParseEnvFile("e", text);
  if (!entries) {
    fuzz::Require(entries.error().message.starts_with("e:"), "a mistake is told with its place",
                  entries.error().message);
    return 0;
  }
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  for (const app::EnvEntry& entry : *entries) {
    fuzz::Require(!entry.variable.empty(), "a variable has a name");
    fuzz::Require(entry.line >= 1 && entry.line <= lines, "a variable stands on a line");
    fuzz::Require(entry.value.size() <= size, "a value is not longer than the file");
  }
  return 0;
}
