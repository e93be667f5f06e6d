#include "archive/window_span.h"

#include <gmock/gmock.h>

#include "observe/tracer_fake.h"

namespace ntsp::archive {
namespace {

using namespace std::chrono_literals;
using observe::Shown;
using testing::IsEmpty;
using testing::SizeIs;

const TopicPartition kPartition{"node-data", {7}};
const WindowRange kRange{{10}, {15}, Timestamp{1}};

TEST(WindowSpan, says_what_was_stored_where_and_for_how_long) {
  observe::TracerFake tracer;
  FakeClock clock;
  WindowSpan window(&tracer, clock);
  window.Begin(kPartition, kRange, "age", {{"a.parquet", "12345", 2}, {"b.parquet", "678", 3}});
  const Timestamp began = clock.WallTime();
  clock.Advance(2s);
  window.End("archived");
  ASSERT_THAT(tracer.spans, SizeIs(1));
  const observe::Span& span = tracer.spans[0];
  EXPECT_EQ(span.name, "archive window");
  EXPECT_EQ(span.start, began);
  EXPECT_EQ(span.end, clock.WallTime());
  EXPECT_EQ(Shown(span, "ntsp.topic"), "node-data");
  EXPECT_EQ(Shown(span, "ntsp.partition"), "7");
  EXPECT_EQ(Shown(span, "ntsp.start_offset"), "10");
  EXPECT_EQ(Shown(span, "ntsp.end_offset"), "15");
  EXPECT_EQ(Shown(span, "ntsp.rows"), "5");
  EXPECT_EQ(Shown(span, "ntsp.bytes"), "8");
  EXPECT_EQ(Shown(span, "ntsp.objects"), "2");
  EXPECT_EQ(Shown(span, "ntsp.object_keys"), "a.parquet,b.parquet");
  EXPECT_EQ(Shown(span, "ntsp.cause"), "age");
  EXPECT_EQ(Shown(span, "ntsp.outcome"), "archived");
}

TEST(WindowSpan, ends_once_and_only_what_has_begun) {
  observe::TracerFake tracer;
  const FakeClock clock;
  WindowSpan window(&tracer, clock);
  window.End("archived");
  EXPECT_THAT(tracer.spans, IsEmpty());
  window.Begin(kPartition, kRange, "age", {});
  window.End("archived");
  window.End("dropped");
  EXPECT_THAT(tracer.spans, SizeIs(1));
}

TEST(WindowSpan, is_nothing_without_a_tracer) {
  const FakeClock clock;
  WindowSpan window(nullptr, clock);
  window.Begin(kPartition, kRange, "age", {});
  window.End("archived");
}

}  // namespace
}  // namespace ntsp::archive
