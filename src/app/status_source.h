// Gathers from the parts of the running program what a status says.
#pragma once

#include <vector>

#include "alert/service.h"
#include "app/status.h"
#include "archive/stage.h"
#include "publish/stage.h"

namespace ntsp::app {

// All must outlive it; the stages may be null.
struct StatusParts {
  const Config& config;
  const Clock& clock;
  const observe::Metrics& metrics;
  const observe::Health& health;
  alert::AlertService& alerts;
  const History& history;
  const publish::NormalizeStage* normalize = nullptr;
  const archive::ArchiveStage* archive = nullptr;
  Instant started{};
  std::span<const Effective> settings;
};

// Thread-safe. Takes each part's lock for a moment.
Status Look(const StatusParts& parts);

}  // namespace ntsp::app
