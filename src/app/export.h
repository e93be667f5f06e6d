// What is sent over OTLP, and where, as the settings want it.
#pragma once

#include <memory>

#include "app/config.h"
#include "base/result.h"
#include "observe/metrics.h"
#include "observe/otlp_exporter.h"

namespace ntsp::app {

// Pure. A Logfire token decides alone where everything goes, so that neither the token nor the headers for
// another receiver reach the wrong one. No address: nothing is to be sent.
observe::OtlpOptions ExportOptions(const Config& config);

// Null if nothing is to be sent. `metrics` as observe::OtlpExporter::Start wants it.
Result<std::unique_ptr<observe::OtlpExporter>> OpenExporter(const Config& config, observe::Metrics& metrics);

}  // namespace ntsp::app
