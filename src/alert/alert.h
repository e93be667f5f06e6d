// What a person should hear about. Reporting never blocks and never fails.
#pragma once

#include <cstdint>
#include <string>

namespace ntsp::alert {

enum class Severity { kWarning, kCritical };

// One kind is one conversation: the first at once, then a summary each window, then "recovered".
struct Alert {
  std::string kind;  // fixed, kebab-case: "dead-letter", "archive-failing", "publish-failing"
  Severity severity = Severity::kWarning;
  std::string summary;  // one sentence: what is wrong and what to do
  std::string sample;   // an example of what failed, cut to 1 kB; may be empty
  std::string node;     // device concerned; may be empty
  std::string where;    // "network-data/3@1234", an object key, …; may be empty
  uint64_t count = 1;   // how many of the kind this one stands for
};

class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void Report(Alert alert) = 0;  // thread-safe
};

}  // namespace ntsp::alert
