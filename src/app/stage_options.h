// The configuration as each stage wants it.
#pragma once

#include <memory>

#include "app/config.h"
#include "app/memory_plan.h"
#include "archive/stage.h"
#include "publish/options.h"

namespace ntsp::app {

publish::Options NormalizeStageOptions(const Config& config, const MemoryPlan& memory);

archive::ArchiveStage::Options ArchiveStageOptions(const Config& config, const MemoryPlan& memory,
                                                   std::shared_ptr<archive::ObjectStore> store);

}  // namespace ntsp::app
