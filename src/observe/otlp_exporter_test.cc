#include "observe/otlp_exporter.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include <algorithm>
#include <thread>

#include "aws/http_server_fake.h"
#include "base/log.h"

namespace ntsp::observe {
namespace {

using aws::FakeHttpServer;
using aws::HttpAnswer;
using aws::HttpRequest;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

std::string Unzipped(const std::string& bytes) {
  std::string out(1 << 20, '\0');
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string in = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

HttpAnswer Answer(int status, std::string body = {}) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

HttpAnswer Hang() {
  HttpAnswer answer;
  answer.hang = true;
  return answer;
}

// An exporter of spans (and of what a test asks for) to a receiver on this machine.
class OtlpExporterTest : public testing::Test {
 protected:
  ~OtlpExporterTest() override { log::SetTap({}); }

  void Start(FakeHttpServer& receiver) {
    options_.traces_url = receiver.Url() + "/v1/traces";
    Start();
  }
  void Start() {
    options_.interval = 5ms;
    options_.retry = {.first_wait = 1ms, .longest_wait = 5ms, .refused_wait = 1h};
    auto started = OtlpExporter::Start(options_, metrics_);
    ASSERT_TRUE(started) << started.error().message;
    exporter_ = *std::move(started);
  }
  void EndSpans(int count) {
    for (int i = 0; i < count; ++i) exporter_->Ended(Span{"work", NewTrace(), {}, {}, {}, ""});
  }
  double Sent() const { return metrics_.Sum("ntsp_otlp_sent_total", {{"signal", "traces"}}); }
  double Dropped(const std::string& reason) const {
    return metrics_.Sum("ntsp_otlp_dropped_total", {{"signal", "traces"}, {"reason", reason}});
  }
  template <typename Condition>
  static bool Eventually(Condition condition) {
    for (int i = 0; i < 10'000 && !condition(); ++i) std::this_thread::sleep_for(1ms);
    return condition();
  }

  Metrics metrics_;
  OtlpOptions options_;
  std::unique_ptr<OtlpExporter> exporter_;
};

TEST_F(OtlpExporterTest, spans_arrive_zipped_with_the_headers_given) {
  FakeHttpServer receiver([](const HttpRequest&) { return HttpAnswer{}; });
  options_.headers = {{"Authorization", "abc"}};
  options_.resource = {{"service.name", "svc"}};
  Start(receiver);
  EndSpans(1);
  ASSERT_TRUE(Eventually([&] { return Sent() == 1; }));
  HttpRequest request = receiver.Requests().at(0);
  EXPECT_EQ(request.line, "POST /v1/traces HTTP/1.1");
  EXPECT_EQ(request.headers["authorization"], "abc");
  EXPECT_EQ(request.headers["content-type"], "application/json");
  EXPECT_EQ(request.headers["content-encoding"], "gzip");
  EXPECT_THAT(Unzipped(request.body), HasSubstr(R"("stringValue":"svc")"));
}

TEST_F(OtlpExporterTest, lines_of_the_log_arrive_but_not_those_about_the_export) {
  FakeHttpServer receiver([](const HttpRequest&) { return HttpAnswer{}; });
  options_.logs_url = receiver.Url() + "/v1/logs";
  options_.gzip = false;
  Start();
  log::Warn("otlp-test", "not me");
  log::Warn("test-exported", "me");
  exporter_->Stop(5s);
  log::Warn("test-after", "not me either");
  ASSERT_THAT(receiver.Requests(), SizeIs(1));
  EXPECT_THAT(receiver.Requests()[0].body, HasSubstr("test-exported"));
  EXPECT_THAT(receiver.Requests()[0].body, Not(HasSubstr("not me")));
}

TEST_F(OtlpExporterTest, stopping_sends_the_last_values_of_the_metrics) {
  FakeHttpServer receiver([](const HttpRequest&) { return HttpAnswer{}; });
  options_.metrics_url = receiver.Url() + "/v1/metrics";
  options_.gzip = false;
  Start();
  metrics_.GetCounter("ntsp_x_total", "X.").Add(42);
  exporter_->Stop(5s);
  ASSERT_THAT(receiver.Requests(), SizeIs(1));
  EXPECT_THAT(receiver.Requests()[0].body, HasSubstr(R"("asDouble":42)"));
}

TEST_F(OtlpExporterTest, a_busy_receiver_gets_the_same_request_again) {
  std::atomic<int> calls = 0;
  FakeHttpServer receiver([&](const HttpRequest&) { return Answer(++calls < 3 ? 503 : 200); });
  Start(receiver);
  EndSpans(1);
  ASSERT_TRUE(Eventually([&] { return Sent() == 1; }));
  ASSERT_THAT(receiver.Requests(), SizeIs(3));
  EXPECT_EQ(receiver.Requests()[0].body, receiver.Requests()[2].body);
  EXPECT_EQ(metrics_.Sum("ntsp_otlp_failures_total"), 2);
  EXPECT_EQ(exporter_->Trouble(), "");
}

TEST_F(OtlpExporterTest, a_receiver_without_gzip_gets_plain_json_from_then_on) {
  FakeHttpServer receiver([](const HttpRequest& request) {
    return Answer(request.headers.contains("content-encoding") ? 415 : 200);
  });
  Start(receiver);
  EndSpans(1);
  ASSERT_TRUE(Eventually([&] { return Sent() == 1; }));
  EndSpans(1);
  ASSERT_TRUE(Eventually([&] { return Sent() == 2; }));
  EXPECT_THAT(receiver.Requests(), SizeIs(3));
}

TEST_F(OtlpExporterTest, what_a_receiver_rejects_is_dropped_counted_and_not_repeated) {
  FakeHttpServer receiver([](const HttpRequest&) { return Answer(413); });
  Start(receiver);
  EndSpans(2);
  ASSERT_TRUE(Eventually([&] { return Dropped("rejected") == 2; }));
  EXPECT_EQ(receiver.Requests().size(), metrics_.Sum("ntsp_otlp_failures_total"));
  EXPECT_EQ(Sent(), 0);
}

TEST_F(OtlpExporterTest, partial_success_counts_both_parts) {
  FakeHttpServer receiver([](const HttpRequest&) {
    return Answer(200, R"({"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}})");
  });
  options_.interval = 1h;  // all in one request
  Start(receiver);
  EndSpans(3);
  exporter_->Stop(5s);
  EXPECT_EQ(Sent() + Dropped("rejected"), 3);
  EXPECT_EQ(Dropped("rejected"), static_cast<double>(receiver.Requests().size()));
}

TEST_F(OtlpExporterTest, a_wrong_token_is_told_once_without_the_token_and_tried_rarely) {
  FakeHttpServer receiver([](const HttpRequest&) { return Answer(401, "unknown token: hunter2"); });
  options_.headers = {{"Authorization", "hunter2"}};
  Start(receiver);
  EndSpans(1);
  ASSERT_TRUE(Eventually([&] { return Dropped("refused") == 1; }));
  EXPECT_THAT(exporter_->Trouble(), HasSubstr("unknown token: ***"));
  EndSpans(100);
  exporter_->Stop(5s);
  EXPECT_THAT(receiver.Requests(), SizeIs(1));
  EXPECT_EQ(Dropped("shutdown"), 100);
}

TEST_F(OtlpExporterTest, while_the_receiver_hangs_what_does_not_fit_is_dropped_and_counted) {
  FakeHttpServer receiver([](const HttpRequest&) { return Hang(); });
  options_.queue.items = 10;
  Start(receiver);
  EndSpans(1);
  ASSERT_TRUE(Eventually([&] { return !receiver.Requests().empty(); }));
  EndSpans(25);
  EXPECT_EQ(Dropped("queue-full"), 15);
  exporter_->Stop(10ms);
  EXPECT_EQ(Dropped("shutdown"), 11);
  EXPECT_EQ(Sent(), 0);
}

TEST_F(OtlpExporterTest, stopping_with_the_receiver_away_drops_and_counts_the_rest) {
  options_.traces_url = "http://127.0.0.1:1/v1/traces";
  Start();
  EndSpans(600);
  EXPECT_TRUE(Eventually([&] { return exporter_->Trouble() != ""; }));
  exporter_->Stop(1h);
  EXPECT_EQ(Dropped("shutdown") + Dropped("undelivered"), 600);
}

TEST_F(OtlpExporterTest, trouble_is_over_when_data_arrives_again) {
  std::atomic<bool> away = true;
  FakeHttpServer receiver([&](const HttpRequest&) { return Answer(away ? 503 : 200); });
  Start(receiver);
  EndSpans(1);
  ASSERT_TRUE(Eventually([&] { return exporter_->Trouble() != ""; }));
  away = false;
  EXPECT_TRUE(Eventually([&] { return exporter_->Trouble() == ""; }));
  EXPECT_EQ(Dropped("undelivered"), 0);
}

TEST_F(OtlpExporterTest, a_signal_without_an_address_costs_nothing) {
  Start();
  EndSpans(5);
  exporter_->Stop(5s);
  EXPECT_EQ(metrics_.Sum("ntsp_otlp_dropped_total"), 0);
}

}  // namespace
}  // namespace ntsp::observe
