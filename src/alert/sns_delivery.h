// Notifications as messages of an SNS topic, standard or FIFO.
#pragma once

#include <memory>

#include "alert/delivery.h"
#include "aws/sns_publisher.h"

namespace ntsp::alert {

class SnsDelivery : public Delivery {
 public:
  // Asks nothing of the network. kStop if the options are impossible.
  static Result<std::unique_ptr<SnsDelivery>> Make(aws::SnsOptions options, aws::CredentialSource credentials,
                                                   Sender sender);

  // Subject, JSON body, and the attributes kind, severity and state, by which subscriptions can filter. In a
  // FIFO topic the notifications of one kind keep their order, and one that is sent again, because its answer
  // was lost, arrives once.
  Result<void> Send(const Notification& notification) override;

 private:
  SnsDelivery(std::unique_ptr<aws::SnsPublisher> publisher, Sender sender);

  const std::unique_ptr<aws::SnsPublisher> publisher_;
  const Sender sender_;
};

}  // namespace ntsp::alert
