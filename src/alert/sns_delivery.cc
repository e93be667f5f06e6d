#include "alert/sns_delivery.h"

#include <fmt/format.h>

#include <utility>

#include "base/uuid.h"

namespace ntsp::alert {
namespace {

// The instance is part of it: two that report the same at the same time are two notifications.
std::string DeduplicationId(const Notification& n, const Sender& sender) {
  const UuidText id = UrlUuid(fmt::format("alert:{}/{}/{}/{}/{}", sender.instance, n.fingerprint,
                                          Name(n.state), n.first_time.micros, n.last_time.micros));
  return std::string(View(id));
}

}  // namespace

SnsDelivery::SnsDelivery(std::unique_ptr<aws::SnsPublisher> publisher, Sender sender)
    : publisher_(std::move(publisher)), sender_(std::move(sender)) {}

Result<std::unique_ptr<SnsDelivery>> SnsDelivery::Make(aws::SnsOptions options,
                                                       aws::CredentialSource credentials, Sender sender) {
  NTSP_ASSIGN(auto publisher, aws::SnsPublisher::Make(std::move(options), std::move(credentials)));
  return std::unique_ptr<SnsDelivery>(new SnsDelivery(std::move(publisher), std::move(sender)));
}

Result<void> SnsDelivery::Send(const Notification& notification) {
  aws::Notification message;
  message.subject = Subject(notification, sender_);
  message.message = JsonBody(notification, sender_);
  message.attributes = {{"kind", notification.kind},
                        {"severity", std::string(Name(notification.severity))},
                        {"state", std::string(Name(notification.state))}};
  message.group_id = notification.kind;
  message.deduplication_id = DeduplicationId(notification, sender_);
  return publisher_->Publish(message);
}

}  // namespace ntsp::alert
