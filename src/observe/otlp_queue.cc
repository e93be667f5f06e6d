#include "observe/otlp_queue.h"

#include <utility>

namespace ntsp::observe {

bool OtlpQueue::Push(std::string item) {
  const std::lock_guard lock(mutex_);
  if (closed_ || items_.size() >= limits_.items || bytes_ + item.size() > limits_.bytes) return false;
  bytes_ += item.size();
  items_.push_back(std::move(item));
  return true;
}

size_t OtlpQueue::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

void OtlpQueue::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

std::optional<OtlpBatch> OtlpQueue::Next() {
  std::vector<std::string> taken;
  size_t bytes = 0;
  OtlpBatch batch;
  {
    const std::lock_guard lock(mutex_);
    while (!items_.empty() && taken.size() < limits_.batch_items && bytes < limits_.batch_bytes) {
      bytes += items_.front().size();
      taken.push_back(std::move(items_.front()));
      items_.pop_front();
    }
    bytes_ -= bytes;
    batch.more = !items_.empty();
  }
  if (taken.empty()) return std::nullopt;
  batch.items = taken.size();
  batch.body = RequestJson(envelope_, taken);
  return batch;
}

}  // namespace ntsp::observe
