// The part of `ntsp check` that asks the brokers.
#pragma once

#include "app/check_command.h"
#include "app/config.h"

namespace ntsp::app {

void CheckKafka(const Config& config, CheckList& list);

}  // namespace ntsp::app
