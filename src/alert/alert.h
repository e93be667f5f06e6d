// What a person should hear about. Reporting never blocks and never fails.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ntsp::alert {

enum class Severity { kWarning, kCritical };

// An event is over when a window has passed without another one. What lasts is over when it says so: each
// kBegins is followed by a kEnds with the same kind and scope.
enum class Phase { kEvent, kBegins, kEnds };

// One kind and scope is one conversation: the first at once, then a summary each window, then "recovered".
struct Alert {
  std::string kind;  // fixed, kebab-case: "dead-letter", "archive-failing", …; each has its section in docs
  Severity severity = Severity::kWarning;
  std::string summary;      // one sentence: what is wrong and what to do
  std::string sample;       // an example of what failed, cut to 1 kB; may be empty
  std::string node;         // device concerned; may be empty
  std::string where;        // "network-data/3@1234", an object key, …; may be empty
  uint64_t count = 1;       // how many of the kind this one stands for
  std::string scope = "";   // tells conversations of one kind apart; from a small fixed set; may be empty
  std::string reason = "";  // counted apart in summaries; from a small fixed set; may be empty
  Phase phase = Phase::kEvent;
  std::vector<std::string> more_nodes = {};  // devices concerned beside `node`
};

class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void Report(Alert alert) = 0;  // thread-safe
};

}  // namespace ntsp::alert
