// What stage 1 remembers of late for people who come to look; none of it steers anything.
#pragma once

#include <string>

#include "base/time.h"
#include "model/verdict.h"
#include "observe/recent.h"
#include "publish/nodes_seen.h"

namespace ntsp::publish {

struct DeadLetterSeen {
  Timestamp when;  // wall clock
  RejectKind kind;
  std::string message;
  std::string where;   // "network-data/3@1234"
  std::string node;    // may be empty
  std::string sample;  // the beginning of what failed: any bytes
};

// Thread-safe: the workers share it.
struct Recent {
  static constexpr size_t kDeadLetters = 20;
  static constexpr size_t kSampleBytes = 400;

  observe::Recent<DeadLetterSeen> dead_letters{kDeadLetters};
  NodesSeen nodes;
};

}  // namespace ntsp::publish
