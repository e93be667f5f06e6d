#include "publish/batch_span.h"

#include <numeric>

#include "base/log.h"

namespace ntsp::publish {
namespace {

template <typename Counts>
uint64_t SumOf(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), uint64_t{0});
}

}  // namespace

void BatchSpan::Begin() {
  open_ = Opened{observe::NewTrace(), clock_.WallTime()};
  log::SetTrace(open_->context.trace_id, open_->context.span_id);
}

observe::Span BatchSpan::End(const Tally& tally) {
  observe::Span span;
  span.name = "normalize batch";
  span.context = std::move(open_->context);
  span.start = open_->at;
  span.end = clock_.WallTime();
  span.attributes = {{"ntsp.messages", SumOf(tally.messages)},
                     {"ntsp.records", tally.Records()},
                     {"ntsp.dead_letters", SumOf(tally.dead_letters)},
                     {"ntsp.bytes_in", tally.bytes_in},
                     {"ntsp.bytes_out", tally.bytes_out}};
  open_.reset();
  log::SetTrace({}, {});
  return span;
}

void BatchSpan::Committed(const Tally& tally, Duration took) {
  if (!open_) return;
  observe::Span span = End(tally);
  span.attributes.emplace_back("ntsp.outcome", "committed");
  span.attributes.emplace_back("ntsp.commit_seconds", std::chrono::duration<double>(took).count());
  tracer_->Ended(span);
}

void BatchSpan::Aborted(const Tally& tally, bool failed, const std::string& reason) {
  if (!open_) return;
  observe::Span span = End(tally);
  span.attributes.emplace_back("ntsp.outcome", "aborted");
  span.attributes.emplace_back("ntsp.reason", reason);
  if (failed) span.error = reason;
  tracer_->Ended(span);
}

}  // namespace ntsp::publish
