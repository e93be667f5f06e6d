// The object store that the settings name.
#pragma once

#include <memory>

#include "app/config.h"
#include "archive/object_store.h"
#include "base/result.h"

namespace ntsp::app {

// Asks nothing of the network. kStop, naming the settings, if they are impossible. REQUIRES:
// config.archive_enabled().
Result<std::shared_ptr<archive::ObjectStore>> OpenStore(const Config& config);

}  // namespace ntsp::app
