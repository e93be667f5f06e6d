#include "publish/batch_span.h"

#include <gmock/gmock.h>

#include "base/log.h"
#include "base/log_line.h"
#include "observe/tracer_fake.h"
#include "publish/events.h"

namespace ntsp::publish {
namespace {

using namespace std::chrono_literals;
using observe::Shown;
using testing::IsEmpty;
using testing::SizeIs;

struct Logged {
  std::string event, trace_id, span_id;
};

class AlertsIgnored : public alert::Reporter {
 public:
  void Report(alert::Alert) override {}
};

// What the worker's events make of a batch, and the lines that are logged meanwhile.
class BatchSpanTest : public testing::Test {
 protected:
  BatchSpanTest() {
    log::SetTap([this](const log::Line& line) {
      lines_.push_back({std::string(line.event), std::string(line.trace_id), std::string(line.span_id)});
    });
  }
  ~BatchSpanTest() override {
    log::SetTap({});
    log::SetTrace({}, {});
  }

  void Receive(Events& events) { events.Received(raw_, Dialect::kEda); }
  void DeadLetter(Events& events) {
    events.DeadLettered(raw_, {RejectKind::kInvalidJson, "no JSON"}, 0, "", *raw_.value);
  }

  RawMessage raw_{"raw", {}, {}, {}, {}, "0123456789"};
  observe::Metrics metrics_;
  AlertsIgnored alerts_;
  FakeClock clock_;
  PathLimit paths_;
  observe::TracerFake tracer_;
  Events events_{metrics_, alerts_, clock_, paths_, &tracer_};
  std::vector<Logged> lines_;
};

TEST_F(BatchSpanTest, a_committed_batch_is_a_span_with_what_it_did) {
  const Timestamp began = clock_.WallTime();
  Receive(events_);
  clock_.Advance(250ms);
  Receive(events_);
  events_.Published({Table::kInterface, 3, "leaf-1", "12345"});
  DeadLetter(events_);
  events_.BatchCommitted(500ms);
  ASSERT_THAT(tracer_.spans, SizeIs(1));
  const observe::Span& span = tracer_.spans[0];
  EXPECT_EQ(span.name, "normalize batch");
  EXPECT_EQ(span.start, began);
  EXPECT_EQ(span.end, clock_.WallTime());
  EXPECT_EQ(Shown(span, "ntsp.messages"), "2");
  EXPECT_EQ(Shown(span, "ntsp.records"), "3");
  EXPECT_EQ(Shown(span, "ntsp.dead_letters"), "1");
  EXPECT_EQ(Shown(span, "ntsp.bytes_in"), "20");
  EXPECT_EQ(Shown(span, "ntsp.bytes_out"), "5");
  EXPECT_EQ(Shown(span, "ntsp.commit_seconds"), "0.500000");
  EXPECT_EQ(Shown(span, "ntsp.outcome"), "committed");
  EXPECT_EQ(span.error, "");
}

TEST_F(BatchSpanTest, a_dead_letters_line_leads_to_its_batch) {
  Receive(events_);
  DeadLetter(events_);
  events_.BatchCommitted(1ms);
  events_.PollFailed("between two batches");
  Receive(events_);
  DeadLetter(events_);
  events_.BatchCommitted(1ms);
  ASSERT_THAT(tracer_.spans, SizeIs(2));
  ASSERT_THAT(lines_, SizeIs(3));
  EXPECT_EQ(lines_[0].trace_id, tracer_.spans[0].context.trace_id);
  EXPECT_EQ(lines_[0].span_id, tracer_.spans[0].context.span_id);
  EXPECT_EQ(lines_[1].trace_id, "");
  EXPECT_EQ(lines_[2].trace_id, tracer_.spans[1].context.trace_id);
  EXPECT_NE(lines_[0].trace_id, lines_[2].trace_id);
}

TEST_F(BatchSpanTest, an_aborted_batch_is_a_span_that_failed_unless_it_was_a_rebalance) {
  Receive(events_);
  events_.BatchAborted(AbortCause::kTrouble, "the broker was away", 1);
  Receive(events_);
  events_.BatchAborted(AbortCause::kRebalance, "others have it now", 1);
  ASSERT_THAT(tracer_.spans, SizeIs(2));
  EXPECT_EQ(Shown(tracer_.spans[0], "ntsp.outcome"), "aborted");
  EXPECT_EQ(Shown(tracer_.spans[0], "ntsp.messages"), "1");
  EXPECT_EQ(tracer_.spans[0].error, "the broker was away");
  EXPECT_EQ(tracer_.spans[1].error, "");
  EXPECT_EQ(Shown(tracer_.spans[1], "ntsp.reason"), "others have it now");
  EXPECT_EQ(lines_[0].trace_id, tracer_.spans[0].context.trace_id);
}

TEST_F(BatchSpanTest, a_batch_that_could_not_begin_is_no_span) {
  events_.BatchAborted(AbortCause::kTrouble, "no transaction could be begun", 1);
  EXPECT_THAT(tracer_.spans, IsEmpty());
}

TEST_F(BatchSpanTest, without_a_tracer_lines_carry_no_ids) {
  Events events(metrics_, alerts_, clock_, paths_);
  Receive(events);
  DeadLetter(events);
  events.BatchCommitted(1ms);
  ASSERT_THAT(lines_, SizeIs(1));
  EXPECT_EQ(lines_[0].trace_id, "");
}

}  // namespace
}  // namespace ntsp::publish
