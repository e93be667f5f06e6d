// Where notifications go.
#pragma once

#include "alert/notification.h"
#include "base/result.h"

namespace ntsp::alert {

// Used by one thread at a time. Send may take a few seconds and must end by itself. kRetry: the same
// notification may be tried again later; kReject and kStop: it will not go, but another one may.
class Delivery {
 public:
  virtual ~Delivery() = default;
  virtual Result<void> Send(const Notification& notification) = 0;
};

// Writes to the log, as event "alert". Never fails.
class LogDelivery : public Delivery {
 public:
  Result<void> Send(const Notification& notification) override;
};

}  // namespace ntsp::alert
