#include "app/fabric_model.h"

#include "app/fabric_ios_xr.h"
#include "app/fabric_open_config.h"
#include "app/fabric_sr_linux.h"

namespace ntsp::app {

std::vector<FabricObject> ObjectsOf(FabricModel model, const FabricReport& report) {
  switch (model) {
    case FabricModel::kSrLinux:
      return SrLinuxObjects(report);
    case FabricModel::kOpenConfig:
      return OpenConfigObjects(report);
    case FabricModel::kIosXr:
      return IosXrObjects(report);
  }
  return {};
}

}  // namespace ntsp::app
