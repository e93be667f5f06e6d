// Times as dialects write them.
#pragma once

#include <optional>

#include "base/time.h"
#include "model/sample.h"

namespace ntsp::decode {

// RFC 3339 text, or a number since the epoch (also as text, also "seconds.micros") whose unit its size tells.
// Nothing for 0 and for what cannot be read: the message's own time then stands in.
std::optional<Timestamp> ReadTime(const Scalar& value);

}  // namespace ntsp::decode
