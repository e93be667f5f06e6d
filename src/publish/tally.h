// What one batch did, in plain numbers: they become metrics when it is committed and nothing when it is
// aborted, so the counters never count a message twice.
#pragma once

#include <array>
#include <cstdint>

#include "model/column.h"
#include "model/sample.h"
#include "model/verdict.h"

namespace ntsp::publish {

struct Tally {
  // By dialect; the last one for messages of no known dialect.
  std::array<uint64_t, kDialectCount + 1> messages{};
  std::array<uint64_t, kTableCount> records{};
  std::array<uint64_t, kTableCount> output_messages{};
  std::array<uint64_t, kRejectKindCount> dead_letters{};
  uint64_t failed_elements = 0;
  uint64_t unreadable_leaves = 0;
  uint64_t bytes_in = 0;
  uint64_t bytes_out = 0;

  uint64_t Records() const {
    uint64_t sum = 0;
    for (const uint64_t count : records) sum += count;
    return sum;
  }
};

}  // namespace ntsp::publish
