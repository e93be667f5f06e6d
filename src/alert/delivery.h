// Where notifications go.
#pragma once

#include <string>
#include <utility>

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
  // `docs`: see Sender.
  explicit LogDelivery(std::string docs) : docs_(std::move(docs)) {}
  Result<void> Send(const Notification& notification) override;

 private:
  const std::string docs_;
};

}  // namespace ntsp::alert
