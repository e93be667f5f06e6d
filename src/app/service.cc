#include "app/service.h"

#include <algorithm>

#include "app/alert_delivery.h"
#include "app/stage_options.h"
#include "app/status.h"
#include "app/stop_guard.h"
#include "app/store.h"
#include "app/version.h"
#include "kafka/watchdog.h"

namespace ntsp::app {
namespace {

using std::chrono::seconds;

constexpr const char* kArchive = "archive";
constexpr const char* kExport = "otlp";
// A step of the archive that takes longer hangs.
constexpr Duration kLongestStep = seconds(60);
// What the alerts may take of the time to stop.
constexpr Duration kAlertTime = seconds(3);

observe::HttpResponse Probe(const observe::HealthReport& report) {
  return {.body = report.body, .status = report.ok ? 200 : 503};
}

}  // namespace

Service::Service(const Config& config, const ServiceOptions& options)
    : config_(config),
      shared_metrics_(options.metrics),
      exporter_(options.exporter),
      process_(metrics_, std::string(Version())) {}

Service::~Service() {
  if (!stopped_) (void)Stop(Duration::zero());
}

Result<std::unique_ptr<Service>> Service::Make(const Config& config, ServiceOptions options) {
  std::unique_ptr<Service> service(new Service(config, options));
  NTSP_TRY(service->Wire(std::move(options)));
  return service;
}

Result<void> Service::Wire(ServiceOptions options) {
  const bool archives = options.archive && config_.archive_enabled();
  MemoryNeeds needs = NeedsOf(config_);
  if (!options.normalize) needs.normalize_workers = 0;
  if (!archives) needs.archive_workers = 0;
  NTSP_ASSIGN(const MemoryPlan memory, PlanMemory(needs));

  if (exporter_ != nullptr) health_.Register(kExport, observe::Role::kInformational);
  if (!options.delivery) {
    NTSP_ASSIGN(options.delivery, OpenDelivery(config_));
  }
  alerts_ = std::make_unique<alert::AlertService>(
      alert::DispatcherOptions{.window = seconds(config_.alert_window_s),
                               .max_per_hour = config_.alert_max_per_hour,
                               .docs = config_.docs_url},
      clock_, metrics_, health_, std::move(options.delivery));
  WatchForHangs();
  if (options.normalize) {
    normalize_ = std::make_unique<publish::NormalizeStage>(
        NormalizeStageOptions(config_, memory),
        publish::NormalizeStage::Parts{metrics_, health_, *alerts_, clock_, exporter_});
  }
  if (archives) {
    health_.Register(kArchive, observe::Role::kRequired);
    NTSP_ASSIGN(auto store, OpenStore(config_));
    NTSP_ASSIGN(archive_,
                archive::ArchiveStage::Make(ArchiveStageOptions(config_, memory, std::move(store)),
                                            {.metrics = &metrics_,
                                             .alerts = alerts_.get(),
                                             .clock = &clock_,
                                             .tracer = exporter_,
                                             .on_failure = [this](const Error&) { ended_ = true; }}));
  }
  return OpenHttp();
}

Result<void> Service::OpenHttp() {
  if (config_.http_listen.empty()) return {};
  const auto live = [this] { return Probe(health_.Live()); };
  const auto metrics = [this]() -> observe::HttpResponse {
    process_.Refresh();
    return {.body = metrics_.Text(), .content_type = "text/plain; version=0.0.4; charset=utf-8"};
  };
  const auto status = [this]() -> observe::HttpResponse {
    return {.body = StatusJson({config_, metrics_, health_.Ready(), clock_.Now() - started_,
                                normalize_ != nullptr, archive_ != nullptr})};
  };
  const auto page = []() -> observe::HttpResponse {
    return {.body = std::string(StatusPage()), .content_type = "text/html; charset=utf-8"};
  };
  observe::HttpRoutes routes = {
      {"/", page},      {"/api/status", status}, {"/metrics", metrics},
      {"/livez", live}, {"/healthz", live},      {"/readyz", [this] { return Probe(health_.Ready()); }}};
  NTSP_ASSIGN(http_, observe::HttpServer::Start({.listen = config_.http_listen}, std::move(routes)));
  return {};
}

void Service::WatchForHangs() {
  kafka::Watchdog::BeforeExit([this](const char* step) {
    health_.SetDead(std::string("a step hangs: ") + step);
    alerts_->Report({.kind = "watchdog",
                     .severity = alert::Severity::kCritical,
                     .summary = std::string("the process ends itself because a step hangs: ") + step +
                                "; its supervisor starts it again, and nothing is lost",
                     .sample = "",
                     .node = "",
                     .where = config_.instance_id});
    alerts_->Stop(kAlertTime);
  });
}

void Service::Start() {
  if (normalize_) normalize_->Start([this] { ended_ = true; });
  if (archive_) archive_->Start();
}

void Service::Tick() {
  process_.Refresh();  // for those who do not scrape
  if (exporter_ != nullptr) {
    const std::string trouble = exporter_->Trouble();
    health_.Set(kExport, trouble.empty(), trouble.empty() ? "sending" : trouble);
  }
  if (!archive_) return;
  const bool hangs = clock_.Now() - archive_->oldest_step() > kLongestStep;
  const bool joined = archive_->joined();
  const std::string trouble = archive_->trouble();
  const std::string waiting = "waiting for the broker" + (trouble.empty() ? "" : ": " + trouble);
  health_.Set(kArchive, joined && !hangs,
              hangs    ? "a step takes longer than a minute"
              : joined ? "reading"
                       : waiting);
}

Result<void> Service::Stop(Duration limit) {
  stopped_ = true;
  const StopGuard guard(limit);
  const Instant stages_until = clock_.Now() + std::max(limit - kAlertTime - seconds(1), Duration::zero());
  if (normalize_) normalize_->Stop();
  if (archive_) archive_->Stop(stages_until);
  const Result<void> normalized = normalize_ ? normalize_->Join() : Result<void>();
  const Result<void> archived = archive_ ? archive_->Join() : Result<void>();
  kafka::Watchdog::BeforeExit({});
  if (alerts_) alerts_->Stop(std::min(limit, kAlertTime));
  if (http_) http_->Stop();
  archive_.reset();
  normalize_.reset();
  alerts_.reset();
  return normalized ? archived : normalized;
}

}  // namespace ntsp::app
