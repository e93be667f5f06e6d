// `ntsp healthcheck`: asks a running ntsp whether it lives. For a container's HEALTHCHECK: needs no curl in
// the image.
#pragma once

#include <chrono>
#include <string>

#include "app/config.h"
#include "base/result.h"

namespace ntsp::app {

// GET /livez at HTTP_LISTEN of this configuration.
int HealthcheckCommand(const Config& config);

// The status code of GET `path`. An address that means "all" is asked at the loopback. kRetry if nobody
// answers in time.
Result<int> HttpStatus(const std::string& listen, const std::string& path, std::chrono::milliseconds timeout);

}  // namespace ntsp::app
