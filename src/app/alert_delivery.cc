#include "app/alert_delivery.h"

#include "alert/notification.h"
#include "aws/credentials.h"
#include "aws/sns_publisher.h"

namespace ntsp::app {
namespace {

class SnsDelivery : public alert::Delivery {
 public:
  SnsDelivery(alert::Sender sender, std::unique_ptr<aws::CredentialChain> credentials)
      : sender_(std::move(sender)), credentials_(std::move(credentials)) {}

  Result<void> Open(const Config& config) {
    aws::SnsOptions options;
    options.topic_arn = config.sns_topic_arn;
    options.endpoint = config.sns_endpoint;
    NTSP_ASSIGN(publisher_, aws::SnsPublisher::Make(options, [this] { return credentials_->Get(); }));
    return {};
  }

  Result<void> Send(const alert::Notification& notification) override {
    aws::Notification message;
    message.subject = Subject(notification, sender_);
    message.message = JsonBody(notification, sender_);
    message.attributes = {{"kind", notification.kind},
                          {"severity", std::string(Name(notification.severity))},
                          {"state", std::string(Name(notification.state))}};
    return publisher_->Publish(message);
  }

 private:
  const alert::Sender sender_;
  const std::unique_ptr<aws::CredentialChain> credentials_;
  std::unique_ptr<aws::SnsPublisher> publisher_;
};

}  // namespace

Result<std::unique_ptr<alert::Delivery>> OpenDelivery(const Config& config) {
  if (config.sns_topic_arn.empty()) return nullptr;
  NTSP_ASSIGN(auto credentials, aws::CredentialChain::Make({}));
  auto delivery = std::make_unique<SnsDelivery>(alert::Sender{config.service_name, config.instance_id},
                                                std::move(credentials));
  if (auto opened = delivery->Open(config); !opened) {
    return Stop("AWS_SNS_TOPIC_ARN, AWS_ENDPOINT_URL_SNS: " + opened.error().message);
  }
  return delivery;
}

}  // namespace ntsp::app
