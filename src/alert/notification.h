// What goes out to people, and how it is written. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"
#include "base/time.h"

namespace ntsp::alert {

enum class State {
  kFiring,     // the first of its kind
  kSummary,    // a window of more of them
  kRecovered,  // a window without any
};

// Count and times cover: the one alert (firing); the window, its first one included (summary); the whole
// conversation (recovered).
struct Notification {
  std::string kind;
  std::string fingerprint;  // of its conversation: the kind, and ":scope" if there is one
  Severity severity = Severity::kWarning;
  State state = State::kFiring;
  std::string summary;
  uint64_t count = 0;
  std::map<std::string, uint64_t> reasons = {};  // how many of each in the window; empty if the kind has none
  Timestamp first_time, last_time;
  std::vector<std::string> nodes;  // distinct, in order of appearance, the first kMaxNodes
  bool more_nodes = false;         // there were others
  std::string sample;
  std::string where;
};

inline constexpr size_t kMaxNodes = 20;

// Where the project's documents are, as seen from its root. A deployment that has them elsewhere sets
// DOCS_URL.
inline constexpr std::string_view kDocs = "docs";

// What a kind means and what to do about it: "docs/alerts.md#dead-letter".
std::string DocsLink(std::string_view docs, std::string_view kind);

// Who speaks.
struct Sender {
  std::string service;
  std::string instance;
  std::string docs = std::string(kDocs);  // where the documents are: DOCS_URL
};

std::string_view Name(Severity severity);  // "warning", "critical"
std::string_view Name(State state);        // "firing", "summary", "recovered"

// "[ntsp] critical: archive-failing on host-1": printable ASCII, at most 100 characters, as SNS demands.
std::string Subject(const Notification& notification, const Sender& sender);

// What happened, in one or two sentences for a person: the alert's own summary, and what came of it.
std::string Sentence(const Notification& notification);

// One JSON object: kind, fingerprint, severity, state, service, instance, summary (the Sentence), count,
// reasons (if the kind has them), first_time, last_time, nodes, more_nodes (when true), sample, where, docs
// (the DocsLink).
std::string JsonBody(const Notification& notification, const Sender& sender);

}  // namespace ntsp::alert
