// Where alerts go besides the log.
#pragma once

#include <memory>

#include "alert/delivery.h"
#include "app/config.h"
#include "base/result.h"

namespace ntsp::app {

// SNS if there is a topic for it, else nothing (null): the log has every alert anyway. Asks nothing of the
// network. kStop, naming the setting, if it is impossible.
Result<std::unique_ptr<alert::Delivery>> OpenDelivery(const Config& config);

}  // namespace ntsp::app
