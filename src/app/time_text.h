// Moments as text for messages and people.
#pragma once

#include <string>

#include "base/time.h"

namespace ntsp::app {

// RFC 3339 with microseconds and 'Z'. REQUIRES: kEarliest <= t <= kLatest.
inline std::string TimeText(Timestamp t) {
  std::string text(kTimestampLength, '\0');
  WriteTimestamp(t, text.data());
  return text;
}

}  // namespace ntsp::app
