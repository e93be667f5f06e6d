#include "alert/notification.h"

#include <fmt/format.h>

#include "base/json_text.h"

namespace ntsp::alert {
namespace {

constexpr size_t kMaxSubject = 100;

// " (empty 2, invalid-json 10)", or nothing if one reason says it all.
std::string ReasonsText(const Notification& notification) {
  if (notification.reasons.size() < 2) return "";
  std::string text;
  for (const auto& [reason, count] : notification.reasons) {
    text += fmt::format("{}{} {}", text.empty() ? " (" : ", ", reason, count);
  }
  return text + ")";
}

}  // namespace

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kWarning:
      return "warning";
    case Severity::kCritical:
      return "critical";
  }
  return "";
}

std::string_view Name(State state) {
  switch (state) {
    case State::kFiring:
      return "firing";
    case State::kSummary:
      return "summary";
    case State::kRecovered:
      return "recovered";
  }
  return "";
}

std::string DocsLink(std::string_view docs, std::string_view kind) {
  while (docs.ends_with('/')) docs.remove_suffix(1);
  return fmt::format("{}/alerts.md#{}", docs, kind);
}

std::string Subject(const Notification& notification, const Sender& sender) {
  const bool over = notification.state == State::kRecovered;
  std::string subject = "[ntsp] ";
  subject += over ? Name(notification.state) : Name(notification.severity);
  subject += ": " + notification.kind + " on " + sender.instance;
  for (char& c : subject) {
    if (c < ' ' || c > '~') c = '?';
  }
  return subject.substr(0, kMaxSubject);
}

std::string Sentence(const Notification& notification) {
  switch (notification.state) {
    case State::kFiring:
      return notification.summary;
    case State::kSummary:
      return fmt::format("{} times in this window{}; the last: {}", notification.count,
                         ReasonsText(notification), notification.summary);
    case State::kRecovered:
      return fmt::format("over, none since {}; it was: {}", ToText(notification.last_time),
                         notification.summary);
  }
  return notification.summary;
}

std::string JsonBody(const Notification& notification, const Sender& sender) {
  JsonObject body;
  body.Text("kind", notification.kind).Text("fingerprint", notification.fingerprint);
  body.Text("severity", Name(notification.severity));
  body.Text("state", Name(notification.state));
  body.Text("service", sender.service).Text("instance", sender.instance);
  body.Text("summary", Sentence(notification)).Number("count", notification.count);
  if (!notification.reasons.empty()) {
    JsonObject reasons;
    for (const auto& [reason, count] : notification.reasons) reasons.Number(reason, count);
    body.Raw("reasons", std::move(reasons).Finish());
  }
  body.Text("first_time", ToText(notification.first_time));
  body.Text("last_time", ToText(notification.last_time));
  body.Texts("nodes", notification.nodes);
  if (notification.more_nodes) body.Flag("more_nodes", true);
  body.Text("sample", notification.sample).Text("where", notification.where);
  body.Text("docs", DocsLink(sender.docs, notification.kind));
  return body.Finish();
}

}  // namespace ntsp::alert
