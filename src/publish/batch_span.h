// One batch as a span: what it did, and how it ended. While it is open, the lines that its thread logs carry
// its ids, so a dead letter leads to its batch.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "observe/span.h"
#include "publish/tally.h"

namespace ntsp::publish {

// Belongs to one worker and its thread.
class BatchSpan {
 public:
  // Nobody traces if `tracer` is null. Both must outlive it.
  BatchSpan(observe::Tracer* tracer, const Clock& clock) : tracer_(tracer), clock_(clock) {}

  // At each message; the first one begins the span.
  void Open() {
    if (tracer_ != nullptr && !open_) Begin();
  }
  // Without effect if it is not open.
  void Committed(const Tally& tally, Duration took);
  // `failed`: the abort is a failure, and no part of daily business.
  void Aborted(const Tally& tally, bool failed, const std::string& reason);

 private:
  void Begin();
  observe::Span End(const Tally& tally);

  observe::Tracer* const tracer_;
  const Clock& clock_;
  struct Opened {
    observe::SpanContext context;
    Timestamp at;
  };
  std::optional<Opened> open_;
};

}  // namespace ntsp::publish
