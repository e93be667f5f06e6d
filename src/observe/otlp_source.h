// Where the sender of a signal gets what it sends.
#pragma once

#include <optional>
#include <string>

namespace ntsp::observe {

struct OtlpBatch {
  std::string body;  // a whole request
  size_t items = 0;
  bool more = false;  // there is more to send at once
};

// Next belongs to the sender's thread.
class OtlpSource {
 public:
  virtual ~OtlpSource() = default;
  // Nothing if there is nothing to send.
  virtual std::optional<OtlpBatch> Next() = 0;
};

}  // namespace ntsp::observe
