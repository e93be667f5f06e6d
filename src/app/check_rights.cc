#include "app/check_rights.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace ntsp::app {
namespace {

using kafka::Operation;

constexpr std::chrono::milliseconds kTimeout{10'000};

}  // namespace

// Empty if only the broker knows: certificates and tokens are mapped to names there.
std::string RightsCheck::User() const {
  const auto& properties = config_.kafka.properties;
  const auto name = properties.find("sasl.username");
  return name == properties.end() ? "" : "User:" + name->second;
}

std::string RightsCheck::HowToGrant(std::string_view operation, const std::string& option,
                                    const std::string& name) const {
  if (config_.msk_iam) return "allow it in the policy of the role, as docs/security.md shows";
  const std::string user = User().empty() ? "User:<its name at the broker>" : User();
  return fmt::format("grant it with kafka-acls.sh --add --allow-principal '{}' --operation {} {} '{}'", user,
                     operation, option, name);
}

std::vector<Operation> RightsCheck::NeededOn(const std::string& topic) const {
  if (topic == config_.raw_topic) return {Operation::kRead};
  if (topic == config_.dead_letter_topic || !config_.archive_enabled()) return {Operation::kWrite};
  return {Operation::kWrite, Operation::kRead};
}

bool RightsCheck::Compare(const std::string& resource, const std::string& option, const std::string& name,
                          const std::vector<Operation>& needed,
                          const Result<std::optional<kafka::Operations>>& granted) {
  const std::string subject = resource + " " + name;
  if (!granted) {
    list_.Fail(subject, granted.error().message);
    return false;
  }
  if (!*granted) return true;  // a broker that does not tell; what is not allowed shows when it is tried
  bool all = true;
  for (const Operation operation : needed) {
    if ((*granted)->contains(operation)) continue;
    all = false;
    list_.Fail(subject,
               fmt::format("{} may not {} it; {}", User().empty() ? "this user" : User(),
                           kafka::Name(operation), HowToGrant(kafka::Name(operation), option, name)));
  }
  return all;
}

bool RightsCheck::Topic(const std::string& topic) {
  return Compare("topic", "--topic", topic, NeededOn(topic), admin_.TopicRights(topic, kTimeout));
}

// A cluster that has just been started needs a moment to find its coordinators.
bool RightsCheck::Group(const std::string& group) {
  const auto until = std::chrono::steady_clock::now() + kTimeout;
  auto granted = admin_.GroupRights(group, kTimeout);
  while (!granted && granted.error().kind == ErrorKind::kRetry && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    granted = admin_.GroupRights(group, kTimeout);
  }
  return Compare("group", "--group", group, {Operation::kRead}, granted);
}

bool RightsCheck::Creation(const std::string& topic) {
  const auto possible = admin_.TryCreate({topic, 1, {}}, kTimeout);
  if (possible) return true;
  list_.Fail("topic " + topic, "it does not exist. " + possible.error().message +
                                   (possible.error().kind == ErrorKind::kStop
                                        ? " To allow it: " + HowToGrant("Create", "--topic", topic)
                                        : ""));
  return false;
}

void RightsCheck::TransactionalIds() {
  const std::string ids = fmt::format("ntsp-{}-", config_.consumer_group);
  const std::string probe = fmt::format("{}{}-check", ids, config_.instance_id);
  if (const auto tried = admin_.TryTransactionalId(probe, kTimeout); !tried) {
    const bool forbidden = tried.error().kind == ErrorKind::kStop;
    return list_.Fail(
        "transactional id " + probe,
        tried.error().message +
            (forbidden ? " To allow all that ntsp uses: " +
                             HowToGrant("Write", "--resource-pattern-type prefixed --transactional-id", ids)
                       : ""));
  }
  list_.Ok(fmt::format("transactional ids {}{}-*: may be used", ids, config_.instance_id));
}

}  // namespace ntsp::app
