#include "property.h"

#include <cstdio>
#include <cstdlib>

namespace ntsp::fuzz {

void Trap(const char* what, std::string_view detail) {
  std::fprintf(stderr, "property violated: %s\n%.*s\n", what, static_cast<int>(detail.size()), detail.data());
  std::abort();
}

}  // namespace ntsp::fuzz
