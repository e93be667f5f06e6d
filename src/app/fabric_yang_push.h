// A report as a YANG-Push receiver writes the IETF's models of interfaces (RFC 8343, 8344): one push-update
// with all interfaces. It has no node facts: they belong to other models and subscriptions.
#pragma once

#include <string>

#include "app/fabric.h"

namespace ntsp::app {

std::string YangPushText(const FabricReport& report);

}  // namespace ntsp::app
