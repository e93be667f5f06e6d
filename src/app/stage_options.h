// The configuration as each stage wants it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/config.h"
#include "app/memory_plan.h"
#include "archive/stage.h"
#include "publish/options.h"

namespace ntsp::app {

// The consumer group of the archive, and the topics that it reads.
std::string ArchiveGroup(const Config& config);
std::map<std::string, Table> TableTopics(const Config& config);

publish::Options NormalizeStageOptions(const Config& config, const MemoryPlan& memory);

archive::FileBuilderFactory ArchiveFiles(const MemoryPlan& memory);

archive::ArchiveStage::Options ArchiveStageOptions(const Config& config, const MemoryPlan& memory,
                                                   std::shared_ptr<archive::ObjectStore> store);

}  // namespace ntsp::app
