#include "observe/otlp_exporter.h"

#include <prometheus/metric_family.h>

#include "base/log_line.h"
#include "observe/metric_table.h"
#include "observe/otlp_json.h"
#include "observe/otlp_metrics.h"

namespace ntsp::observe {
namespace {

// The present values, one request a turn.
class MetricsSource : public OtlpSource {
 public:
  MetricsSource(Envelope envelope, const Metrics& metrics)
      : envelope_(std::move(envelope)), metrics_(metrics) {}

  std::optional<OtlpBatch> Next() override {
    const OtlpMetrics values = MetricsJson(metrics_.Collect(), start_, clock_.WallTime());
    if (values.items.empty()) return std::nullopt;
    return OtlpBatch{.body = RequestJson(envelope_, values.items), .items = values.points, .more = false};
  }

 private:
  const SystemClock clock_;
  const Timestamp start_ = clock_.WallTime();
  const Envelope envelope_;
  const Metrics& metrics_;
};

const std::string& UrlOf(Signal signal, const OtlpOptions& options) {
  switch (signal) {
    case Signal::kLogs:
      return options.logs_url;
    case Signal::kTraces:
      return options.traces_url;
    case Signal::kMetrics:
      return options.metrics_url;
  }
  return options.logs_url;
}

}  // namespace

Result<std::unique_ptr<OtlpExporter>> OtlpExporter::Start(const OtlpOptions& options, Metrics& metrics) {
  std::unique_ptr<OtlpExporter> exporter(new OtlpExporter);
  if (!options.metrics_url.empty()) {
    auto envelope = MakeEnvelope(Signal::kMetrics, options.resource, options.version);
    NTSP_TRY(exporter->StartSender(Signal::kMetrics, options,
                                   std::make_shared<MetricsSource>(std::move(envelope), metrics), metrics));
  }
  NTSP_TRY(exporter->StartQueue(Signal::kTraces, options, metrics, exporter->spans_));
  NTSP_TRY(exporter->StartQueue(Signal::kLogs, options, metrics, exporter->logs_));
  if (exporter->logs_) {
    log::SetTap([intake = exporter->logs_](const log::Line& line) {
      if (!line.event.starts_with(OtlpTrouble::kEventPrefix)) intake->Take(LogRecordJson(line));
    });
  }
  return exporter;
}

Result<void> OtlpExporter::StartQueue(Signal signal, const OtlpOptions& options, Metrics& metrics,
                                      std::shared_ptr<Intake>& intake) {
  if (UrlOf(signal, options).empty()) return {};
  auto queue =
      std::make_shared<OtlpQueue>(MakeEnvelope(signal, options.resource, options.version), options.queue);
  NTSP_TRY(StartSender(signal, options, queue, metrics));
  intake = std::make_shared<Intake>(
      Intake{std::move(queue), OtlpSeries(metrics, signal),
             metrics.GetGauge(metric::kOtlpQueue, {{"signal", std::string(NamesOf(signal).name)}})});
  return {};
}

Result<void> OtlpExporter::StartSender(Signal signal, const OtlpOptions& options,
                                       std::shared_ptr<OtlpSource> source, Metrics& metrics) {
  NTSP_ASSIGN(auto http, HttpPost::Make({.url = UrlOf(signal, options),
                                         .headers = options.headers,
                                         .timeout = options.timeout,
                                         .ca_file = options.ca_file}));
  OtlpSender::Options sender;
  sender.signal = signal;
  sender.interval = options.interval;
  sender.gzip = options.gzip;
  sender.retry = options.retry;
  if (signal == Signal::kMetrics) {
    sender.interval = options.metric_interval;
    sender.give_up_after = options.metric_interval;  // newer values are better ones
  }
  senders_.push_back(
      std::make_unique<OtlpSender>(sender, std::move(source), std::move(http), metrics, trouble_));
  return {};
}

OtlpExporter::~OtlpExporter() {
  Stop(Duration::zero());
}

void OtlpExporter::Refresh() const {
  for (const auto& intake : {logs_, spans_}) {
    if (intake) intake->bytes.Set(static_cast<double>(intake->queue->bytes()));
  }
}

void OtlpExporter::Ended(const Span& span) {
  if (spans_) spans_->Take(SpanJson(span));
}

void OtlpExporter::Stop(Duration limit) {
  if (std::exchange(stopped_, true)) return;
  if (logs_) log::SetTap({});
  for (const auto& intake : {logs_, spans_}) {
    if (intake) intake->queue->Close();
  }
  const Instant deadline = clock_.Now() + limit;
  for (const auto& sender : senders_) sender->Stop(deadline);
  for (const auto& sender : senders_) sender->Join();
}

}  // namespace ntsp::observe
