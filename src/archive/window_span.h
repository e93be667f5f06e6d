// One window as a span: from its plan to the commit that says it is archived, or to where it was left to
// another try.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "archive/protocol_actions.h"
#include "archive/window.h"
#include "base/clock.h"
#include "base/types.h"
#include "observe/span.h"

namespace ntsp::archive {

// Belongs to one partition's writer.
class WindowSpan {
 public:
  // Nobody traces if `tracer` is null. Both must outlive it.
  WindowSpan(observe::Tracer* tracer, const Clock& clock) : tracer_(tracer), clock_(clock) {}

  void Begin(const TopicPartition& partition, const WindowRange& range, std::string_view cause,
             const std::vector<Object>& objects);
  // `outcome`: "archived", or why it ended otherwise. Without effect if it has not begun.
  void End(std::string_view outcome);

 private:
  observe::Tracer* const tracer_;
  const Clock& clock_;
  std::optional<observe::Span> span_;
};

}  // namespace ntsp::archive
