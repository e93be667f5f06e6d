// A report as Telegraf's inputs.gnmi writes OpenConfig: a batch of metrics, one for each object, times in
// seconds.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

std::string TelegrafText(const FabricReport& report);

}  // namespace ntsp::app
