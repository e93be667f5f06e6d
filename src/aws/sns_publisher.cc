#include "aws/sns_publisher.h"

#include <utility>

#include "aws/form_post.h"

namespace ntsp::aws {

struct SnsPublisher::State {
  CredentialSource credentials;
  SnsTopic topic;
  std::unique_ptr<FormPost> post;
};

SnsPublisher::SnsPublisher(std::unique_ptr<State> state) : state_(std::move(state)) {}

SnsPublisher::~SnsPublisher() = default;

Result<std::unique_ptr<SnsPublisher>> SnsPublisher::Make(SnsOptions options, CredentialSource credentials) {
  auto state = std::make_unique<State>();
  NTSP_ASSIGN(state->topic, ParseTopicArn(options.topic_arn));
  FormPostOptions post{"SNS", "AWS_ENDPOINT_URL_SNS", options.endpoint, options.timeout, options.ca_file};
  if (post.endpoint.empty()) post.endpoint = state->topic.DefaultEndpoint();
  NTSP_ASSIGN(state->post, FormPost::Make(std::move(post)));
  state->credentials = std::move(credentials);
  return std::unique_ptr<SnsPublisher>(new SnsPublisher(std::move(state)));
}

Result<void> SnsPublisher::Publish(const Notification& notification) {
  if (notification.message.empty() || notification.message.size() > kMaxMessageBytes) {
    return Reject("SNS takes messages of 1 byte to 256 KiB; this one has " +
                  std::to_string(notification.message.size()) + " bytes");
  }
  NTSP_ASSIGN(const Credentials keys, state_->credentials());
  const SnsTopic& topic = state_->topic;
  const std::string scope = "aws:amz:" + topic.region + ":sns";
  NTSP_ASSIGN(const FormAnswer answer,
              state_->post->SendSigned(PublishForm(topic, notification), scope, keys));
  return ReadPublishAnswer(topic, answer.status, answer.body);
}

}  // namespace ntsp::aws
