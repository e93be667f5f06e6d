// Encoded log records or spans that wait to be sent: bounded in number and bytes. When it is full, the new
// one is refused: what began the trouble is worth more than its hundredth echo.
#pragma once

#include <deque>
#include <mutex>
#include <string>

#include "observe/otlp_json.h"
#include "observe/otlp_source.h"

namespace ntsp::observe {

// Push is thread-safe and short: a lock, and no wait.
class OtlpQueue : public OtlpSource {
 public:
  struct Limits {
    size_t items = 4096, bytes = 4 << 20;             // of the queue
    size_t batch_items = 512, batch_bytes = 1 << 20;  // of one request
  };

  OtlpQueue(Envelope envelope, const Limits& limits) : envelope_(std::move(envelope)), limits_(limits) {}

  // False: there is no room, or nobody sends any more.
  bool Push(std::string item);
  // Nothing is taken in any more.
  void Close();
  size_t bytes() const;
  std::optional<OtlpBatch> Next() override;

 private:
  const Envelope envelope_;
  const Limits limits_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::deque<std::string> items_;
  size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace ntsp::observe
