#include "app/service.h"

#include <unistd.h>

#include <algorithm>

#include "app/alert_delivery.h"
#include "app/exit_code.h"
#include "app/stage_options.h"
#include "app/status_source.h"
#include "app/stop_guard.h"
#include "app/store.h"
#include "app/version.h"
#include "app/web_file.h"
#include "base/heap.h"
#include "base/log.h"
#include "kafka/admin.h"
#include "kafka/watchdog.h"
#include "observe/metric_table.h"

namespace ntsp::app {
namespace {

using std::chrono::seconds;

constexpr const char* kArchive = "archive";
constexpr const char* kStore = "store";
constexpr const char* kExport = "otlp";
// The page brings its own style and script, and asks nobody else.
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
// A step of the archive that takes longer hangs.
constexpr Duration kLongestStep = seconds(60);
// What the alerts may take of the time to stop.
constexpr Duration kAlertTime = seconds(3);
constexpr std::chrono::milliseconds kConfigWait{2'000};

observe::HttpResponse Probe(const observe::HealthReport& report) {
  return {.body = report.body, .status = report.ok ? 200 : 503};
}

}  // namespace

Service::Service(const Config& config, const ServiceOptions& options)
    : config_(config),
      shared_metrics_(options.metrics),
      exporter_(options.exporter),
      settings_(options.settings),
      process_(metrics_, std::string(Version()), std::string(Revision())),
      memory_(metrics_, config.memory_limit_mb * 1024 * 1024) {}

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
  WatchRetention(options.normalize, archives);
  const auto give_up = [this](const std::string& reason) { GiveUp(reason); };
  if (options.normalize) {
    normalize_ = std::make_unique<publish::NormalizeStage>(
        NormalizeStageOptions(config_, memory),
        publish::NormalizeStage::Parts{metrics_, health_, *alerts_, clock_, exporter_, retention_.get(),
                                       give_up});
  }
  if (archives) {
    health_.Register(kArchive, observe::Role::kRequired);
    health_.Register(kStore, observe::Role::kInformational);
    health_.Set(kStore, true, "nothing stored yet");
    NTSP_ASSIGN(auto store, OpenStore(config_));
    NTSP_ASSIGN(archive_, archive::ArchiveStage::Make(ArchiveStageOptions(config_, memory, std::move(store)),
                                                      {.metrics = &metrics_,
                                                       .alerts = alerts_.get(),
                                                       .clock = &clock_,
                                                       .tracer = exporter_,
                                                       .on_failure = [this](const Error&) { ended_ = true; },
                                                       .retentions = retention_.get(),
                                                       .give_up = give_up}));
  }
  NTSP_ASSIGN(probe_, BrokerProbe::Start(config_.kafka, {}, health_));
  return OpenHttp();
}

Result<void> Service::OpenHttp() {
  if (config_.http_listen.empty()) return {};
  NTSP_ASSIGN(http_, observe::HttpServer::Start(
                         {.listen = config_.http_listen, .content_security_policy = kPagePolicy}, Routes()));
  return {};
}

observe::HttpRoutes Service::Routes() {
  const auto live = [this] { return Probe(health_.Live()); };
  const auto ready = [this] { return Probe(health_.Ready()); };
  const auto metrics = [this]() -> observe::HttpResponse {
    process_.Refresh();
    memory_.Refresh();
    return {.body = metrics_.Text(), .content_type = "text/plain; version=0.0.4; charset=utf-8"};
  };
  const auto status = [this]() -> observe::HttpResponse { return {.body = StatusJson(Look())}; };
  observe::HttpRoutes routes = {{"/api/status", status}, {"/metrics", metrics}, {"/livez", live},
                                {"/healthz", live},      {"/ping", live},       {"/readyz", ready},
                                {"/ready", ready}};
  for (const WebFile& file : WebFiles()) {
    routes[std::string(file.path)] = [file]() -> observe::HttpResponse {
      return {.body = std::string(file.body), .content_type = std::string(file.content_type)};
    };
  }
  return routes;
}

Status Service::Look() {
  return app::Look({.config = config_,
                    .clock = clock_,
                    .metrics = metrics_,
                    .health = health_,
                    .alerts = *alerts_,
                    .history = history_,
                    .normalize = normalize_.get(),
                    .archive = archive_.get(),
                    .started = started_,
                    .settings = settings_});
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

void Service::WatchRetention(bool normalizes, bool archives) {
  std::vector<std::string> topics;
  if (normalizes) topics.push_back(config_.raw_topic);
  if (archives) {
    for (const auto& [topic, table] : TableTopics(config_)) topics.push_back(topic);
  }
  const auto read = [client = config_.kafka](const std::string& topic) -> Result<watch::TopicConfig> {
    NTSP_ASSIGN(const auto admin, kafka::Admin::Open(client));
    return admin->TopicConfig(topic, kConfigWait);
  };
  retention_ = std::make_unique<watch::TopicRetention>(std::move(topics), read);
}

void Service::GiveUp(const std::string& reason) {
  health_.SetDead(reason);
  int64_t never = 0;
  given_up_.compare_exchange_strong(never, clock_.Now().time_since_epoch().count());
}

// Whoever asks for liveness has had its time; where nobody asks, the exit code tells the supervisor.
void Service::EndIfStuck() {
  const int64_t since = given_up_;
  if (since == 0 || clock_.Now() - Instant(Duration(since)) < seconds(config_.stuck_after_s)) return;
  log::Error("stuck",
             "A partition is stuck, so the process ends; nothing is lost, the next start goes on where "
             "the last commit was. If it comes again, look at the brokers.",
             {{"health", health_.Live().body}});
  alerts_->Stop(kAlertTime);
  _exit(kWatchdog);
}

void Service::Start() {
  if (normalize_) normalize_->Start([this] { ended_ = true; });
  if (archive_) archive_->Start();
}

void Service::Tick() {
  // Not always: it costs some milliseconds.
  if (observe::ResidentBytes() > config_.memory_limit_mb * 1024 * 1024 / 2) TrimHeap();
  EndIfStuck();
  process_.Refresh();  // for those who do not scrape
  memory_.Refresh();
  history_.Add(clock_.Now(), metrics_);
  if (exporter_ != nullptr) {
    exporter_->Refresh();
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
  const std::string store_trouble = archive_->events().store_trouble();
  health_.Set(kStore, store_trouble.empty(), store_trouble.empty() ? "no trouble" : store_trouble);
}

Result<void> Service::Stop(Duration limit) {
  stopped_ = true;
  const StopGuard guard(limit);
  const Instant stages_until = clock_.Now() + std::max(limit - kAlertTime - seconds(1), Duration::zero());
  if (retention_) retention_->Stop();
  if (normalize_) normalize_->Stop();
  if (archive_) archive_->Stop(stages_until);
  const Result<void> normalized = normalize_ ? normalize_->Join() : Result<void>();
  const Result<void> archived = archive_ ? archive_->Join() : Result<void>();
  kafka::Watchdog::BeforeExit({});
  if (alerts_) alerts_->Stop(std::min(limit, kAlertTime));
  probe_.reset();
  if (http_) http_->Stop();
  archive_.reset();
  normalize_.reset();
  retention_.reset();
  alerts_.reset();
  return normalized ? archived : normalized;
}

}  // namespace ntsp::app
