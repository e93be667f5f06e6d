#include "app/aws_login.h"

namespace ntsp::app {

aws::CredentialOptions AwsLogin(const Config& config) {
  aws::CredentialOptions options;
  if (config.web_identity_file.empty()) return options;  // the chain, which reads the environment
  options.web_identity = {.token_file = config.web_identity_file,
                          .role_arn = config.role_arn,
                          .session_name = config.role_session_name,
                          .region = config.aws_region,
                          .endpoint = config.sts_endpoint,
                          .ca_file = config.aws_ca_bundle};
  return options;
}

}  // namespace ntsp::app
