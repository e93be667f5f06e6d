#include "alert/grouping.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace ntsp::alert {
namespace {

// So that 20 node names and all the texts, escaped, stay far below the 256 KiB of an SNS message.
constexpr size_t kMaxText = 1024;
constexpr size_t kMaxNodeName = 255;

std::string Cut(const std::string& text, size_t max_bytes) {
  return std::string(CutUtf8(text, max_bytes));
}

void AddNode(Notification& window, const std::string& name) {
  if (name.empty()) return;
  std::string node = Cut(name, kMaxNodeName);
  if (std::find(window.nodes.begin(), window.nodes.end(), node) != window.nodes.end()) return;
  if (window.nodes.size() == kMaxNodes) {
    window.more_nodes = true;
  } else {
    window.nodes.push_back(std::move(node));
  }
}

}  // namespace

void Grouping::Merge(Notification& window, Alert alert, Timestamp wall) {
  if (window.count == 0) window.first_time = wall;
  window.count += alert.count;
  window.last_time = wall;
  window.severity = std::max(window.severity, alert.severity);
  // The latest words, with the sample and the place that belong to them.
  window.summary = Cut(alert.summary, kMaxText);
  window.sample = Cut(alert.sample, kMaxText);
  window.where = Cut(alert.where, kMaxText);
  AddNode(window, alert.node);
  for (const std::string& node : alert.more_nodes) AddNode(window, node);
  if (!alert.reason.empty()) window.reasons[alert.reason] += alert.count;
}

void Grouping::End(const Alert& alert, const std::string& fingerprint) {
  const auto found = conversations_.find(fingerprint);
  if (found == conversations_.end()) return;
  found->second.open -= std::min(found->second.open, alert.count);
}

std::optional<Notification> Grouping::Add(Alert alert, Moment moment, bool* taken) {
  const std::string fingerprint = alert.scope.empty() ? alert.kind : alert.kind + ":" + alert.scope;
  *taken = true;
  if (alert.phase == Phase::kEnds) {
    End(alert, fingerprint);
    return std::nullopt;
  }
  const auto found = conversations_.find(fingerprint);
  const bool first = found == conversations_.end();
  *taken = !first || conversations_.size() < kMaxKinds;
  if (!*taken) return std::nullopt;
  Conversation& conversation = first ? conversations_[fingerprint] : found->second;
  if (first) {
    conversation.window_end = moment.now + window_;
    conversation.window.kind = alert.kind;
    conversation.window.fingerprint = fingerprint;
    conversation.first_time = moment.wall;
  }
  conversation.count += alert.count;
  if (alert.phase == Phase::kBegins) conversation.open += alert.count;
  Merge(conversation.window, std::move(alert), moment.wall);
  if (first) return conversation.window;
  conversation.more = true;
  return std::nullopt;
}

Notification Grouping::Recovered(const Conversation& conversation) {
  Notification last = conversation.window;
  last.state = State::kRecovered;
  last.count = conversation.count;
  last.first_time = conversation.first_time;
  return last;
}

// The texts stay: "recovered" repeats what it was about.
void Grouping::NextWindow(Conversation& conversation) {
  conversation.more = false;
  conversation.window.count = 0;
  conversation.window.nodes.clear();
  conversation.window.reasons.clear();
  conversation.window.more_nodes = false;
}

std::vector<Notification> Grouping::Tick(Instant now) {
  std::vector<Notification> due;
  for (auto it = conversations_.begin(); it != conversations_.end();) {
    Conversation& conversation = it->second;
    if (now < conversation.window_end) {
      ++it;
    } else if (conversation.more) {
      due.push_back(conversation.window);
      due.back().state = State::kSummary;
      NextWindow(conversation);
      conversation.window_end = now + window_;
      ++it;
    } else if (conversation.open > 0) {
      conversation.window_end = now + window_;
      ++it;
    } else {
      due.push_back(Recovered(conversation));
      it = conversations_.erase(it);
    }
  }
  return due;
}

std::optional<Instant> Grouping::NextDue() const {
  std::optional<Instant> next;
  for (const auto& [kind, conversation] : conversations_) {
    if (!next || conversation.window_end < *next) next = conversation.window_end;
  }
  return next;
}

std::vector<Notification> Grouping::Open() const {
  std::vector<Notification> open;
  for (const auto& [fingerprint, conversation] : conversations_) {
    open.push_back(Recovered(conversation));
    open.back().state = State::kFiring;
  }
  return open;
}

std::vector<Notification> Grouping::Flush() {
  std::vector<Notification> pending;
  for (auto& [kind, conversation] : conversations_) {
    if (!conversation.more) continue;
    pending.push_back(std::move(conversation.window));
    pending.back().state = State::kSummary;
  }
  conversations_.clear();
  return pending;
}

}  // namespace ntsp::alert
