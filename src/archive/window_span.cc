#include "archive/window_span.h"

namespace ntsp::archive {

void WindowSpan::Begin(const TopicPartition& partition, const WindowRange& range, std::string_view cause,
                       const std::vector<Object>& objects) {
  if (tracer_ == nullptr) return;
  uint64_t rows = 0, bytes = 0;
  std::string keys;  // one each hour that the window has rows of
  for (const Object& object : objects) {
    rows += object.rows;
    bytes += object.bytes.size();
    keys.append(keys.empty() ? "" : ",").append(object.key);
  }
  observe::Span& span = span_.emplace();
  span.name = "archive window";
  span.context = observe::NewTrace();
  span.start = clock_.WallTime();
  span.attributes = {{"ntsp.topic", partition.topic},
                     {"ntsp.partition", partition.partition.value},
                     {"ntsp.start_offset", range.start.value},
                     {"ntsp.end_offset", range.end.value},
                     {"ntsp.cause", cause},
                     {"ntsp.objects", objects.size()},
                     {"ntsp.object_keys", std::move(keys)},
                     {"ntsp.rows", rows},
                     {"ntsp.bytes", bytes}};
}

void WindowSpan::End(std::string_view outcome) {
  if (!span_) return;
  span_->end = clock_.WallTime();
  span_->attributes.emplace_back("ntsp.outcome", outcome);
  tracer_->Ended(*span_);
  span_.reset();
}

}  // namespace ntsp::archive
