#include "app/version.h"

namespace ntsp::app {

std::string_view Version() {
  return NTSP_VERSION;
}

}  // namespace ntsp::app
