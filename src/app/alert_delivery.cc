#include "app/alert_delivery.h"

#include "alert/sns_delivery.h"
#include "app/aws_login.h"
#include "app/certificates.h"
#include "aws/credentials.h"

namespace ntsp::app {

Result<std::unique_ptr<alert::Delivery>> OpenDelivery(const Config& config) {
  if (config.sns_topic_arn.empty()) return nullptr;
  NTSP_TRY(CheckCertificates("AWS_CA_BUNDLE", config.aws_ca_bundle));
  NTSP_ASSIGN(std::shared_ptr<aws::CredentialChain> credentials,
              aws::CredentialChain::Make(AwsLogin(config)));
  aws::SnsOptions options;
  options.topic_arn = config.sns_topic_arn;
  options.endpoint = config.sns_endpoint;
  options.ca_file = config.aws_ca_bundle;
  auto delivery = alert::SnsDelivery::Make(std::move(options), [credentials] { return credentials->Get(); },
                                           {config.service_name, config.instance_id, config.docs_url});
  if (!delivery) return Stop("AWS_SNS_TOPIC_ARN, AWS_ENDPOINT_URL_SNS: " + delivery.error().message);
  return *std::move(delivery);
}

}  // namespace ntsp::app
