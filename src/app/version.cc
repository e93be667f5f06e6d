#include "app/version.h"

namespace ntsp::app {

std::string_view Version() {
  return NTSP_VERSION;
}

std::string_view Revision() {
  return NTSP_REVISION;
}

}  // namespace ntsp::app
