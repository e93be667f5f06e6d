#include "observe/otlp_json.h"

#include <gmock/gmock.h>

namespace ntsp::observe {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Timestamp kTime{1'700'000'000'123'456};

log::Line MakeLine(log::Fields fields) {
  return {kTime, log::Level::kWarn, "some-event", "It works.", fields, 0};
}

TEST(OtlpJson, a_log_record_has_time_severity_body_and_typed_attributes) {
  EXPECT_EQ(LogRecordJson(MakeLine({{"text", "x"}, {"count", -3}, {"ratio", 0.5}, {"ok", true}})),
            R"({"timeUnixNano":"1700000000123456000","observedTimeUnixNano":"1700000000123456000",)"
            R"("severityNumber":13,"severityText":"WARN","body":{"stringValue":"It works."},"attributes":[)"
            R"({"key":"event.name","value":{"stringValue":"some-event"}},)"
            R"({"key":"text","value":{"stringValue":"x"}},{"key":"count","value":{"intValue":"-3"}},)"
            R"({"key":"ratio","value":{"doubleValue":0.5}},{"key":"ok","value":{"boolValue":true}}]})");
}

TEST(OtlpJson, a_log_record_within_a_trace_says_so) {
  log::Line line = MakeLine({});
  EXPECT_THAT(LogRecordJson(line), Not(HasSubstr("traceId")));
  line.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
  line.span_id = "00f067aa0ba902b7";
  EXPECT_THAT(LogRecordJson(line), HasSubstr(R"("traceId":"4bf92f3577b34da6a3ce929d0e0e4736",)"
                                             R"("spanId":"00f067aa0ba902b7")"));
}

TEST(OtlpJson, a_number_beyond_int64_becomes_text) {
  EXPECT_THAT(LogRecordJson(MakeLine({{"big", ~uint64_t{0}}})),
              HasSubstr(R"({"stringValue":"18446744073709551615"})"));
}

TEST(OtlpJson, long_texts_are_cut_between_two_characters) {
  std::string text(kMaxOtlpText - 1, 'a');
  text += "\u00e9";
  EXPECT_THAT(LogRecordJson(MakeLine({{"text", text}})), HasSubstr("aa\"}"));
}

TEST(OtlpJson, a_span_has_ids_times_attributes_and_its_error) {
  Span span{"work", {"0123", "45"}, kTime, {kTime.micros + 1}, {{"n", 2}}, "broken"};
  EXPECT_EQ(SpanJson(span),
            R"({"traceId":"0123","spanId":"45","name":"work","kind":1,)"
            R"("startTimeUnixNano":"1700000000123456000","endTimeUnixNano":"1700000000123457000",)"
            R"("attributes":[{"key":"n","value":{"intValue":"2"}}],"status":{"code":2,"message":"broken"}})");
  span.error.clear();
  EXPECT_THAT(SpanJson(span), Not(HasSubstr("status")));
}

TEST(OtlpJson, a_request_names_resource_and_scope_once) {
  const Envelope envelope = MakeEnvelope(Signal::kTraces, {{"service.name", "svc"}}, "1.2");
  EXPECT_EQ(RequestJson(envelope, {"{1}", "{2}"}),
            R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":)"
            R"("svc"}}]},"scopeSpans":[{"scope":{"name":"ntsp","version":"1.2"},"spans":[{1},{2}]}]}]})");
}

TEST(OtlpJson, partial_success_is_read_as_number_or_text) {
  EXPECT_EQ(RejectedItems(Signal::kLogs, R"({"partialSuccess":{"rejectedLogRecords":"3"}})"), 3u);
  EXPECT_EQ(RejectedItems(Signal::kTraces, R"({"partialSuccess": {"rejectedSpans": 12, "errorMessage":""}})"),
            12u);
  EXPECT_EQ(RejectedItems(Signal::kMetrics, R"({"partialSuccess":{"rejectedSpans":"3"}})"), 0u);
  EXPECT_EQ(RejectedItems(Signal::kTraces, R"({"errorMessage":"\"rejectedSpans\":5"})"), 0u);
  for (const char* text : {"", "{}", "\"rejectedSpans\"", "\"rejectedSpans\":x"}) {
    EXPECT_EQ(RejectedItems(Signal::kTraces, text), 0u) << text;
  }
}

TEST(NewTrace, ids_have_their_length_and_are_not_repeated) {
  const SpanContext one = NewTrace(), other = NewTrace();
  EXPECT_THAT(one.trace_id, testing::MatchesRegex("[0-9a-f]{32}"));
  EXPECT_THAT(one.span_id, testing::MatchesRegex("[0-9a-f]{16}"));
  EXPECT_NE(one.trace_id, other.trace_id);
  EXPECT_NE(one.span_id, other.span_id);
}

}  // namespace
}  // namespace ntsp::observe
