// The running program: its stages, and what they share. Everything is wired here, by hand, and nowhere else.
//
//   metrics, health ← alerts ← retention ← stages          each arrow: is used by; what is left of it lives
//   longer
//                 ↖ HTTP server
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "alert/delivery.h"
#include "alert/service.h"
#include "app/broker_probe.h"
#include "app/config.h"
#include "app/history.h"
#include "app/status.h"
#include "archive/stage.h"
#include "base/clock.h"
#include "base/result.h"
#include "observe/health.h"
#include "observe/http_server.h"
#include "observe/memory.h"
#include "observe/metrics.h"
#include "observe/otlp_exporter.h"
#include "observe/process.h"
#include "publish/stage.h"
#include "watch/topic_retention.h"

namespace ntsp::app {

struct ServiceOptions {
  bool normalize = true;
  bool archive = true;  // if it is enabled by the settings
  // Where alerts go besides the log; absent: as the settings say.
  std::unique_ptr<alert::Delivery> delivery;
  // The program's series: what outlives the service may have them too.
  std::shared_ptr<observe::Metrics> metrics = std::make_shared<observe::Metrics>();
  // Gets the spans; must outlive the service. Null: there are none.
  observe::OtlpExporter* exporter = nullptr;
  // As `ntsp config` shows them: for the status.
  std::vector<Effective> settings = {};
};

// Made, started, ticked and stopped by one thread.
class Service {
 public:
  // Opens what needs no broker: the store, the HTTP server. kStop, naming the setting, if one of them cannot
  // be had.
  static Result<std::unique_ptr<Service>> Make(const Config& config, ServiceOptions options);
  // Stops, if that was not done.
  ~Service();

  // The stages run when it returns, whether a broker answers or not.
  void Start();
  // Shows the state of the stages and of the export in health, metrics and history; to be called about once a
  // second.
  void Tick();
  // A stage has ended by itself: Stop tells why.
  bool ended() const { return ended_; }

  // Commits and stores what is open, and ends in reverse order; what is not done in `limit` is left to the
  // next start. A step that hangs beyond it ends the process (kWatchdog). The error that ended a stage, if
  // one did.
  Result<void> Stop(Duration limit);

  observe::Metrics& metrics() { return metrics_; }
  // 0: there is no HTTP server.
  int http_port() const { return http_ ? http_->port() : 0; }
  observe::HealthReport Ready() const { return health_.Ready(); }

 private:
  Service(const Config& config, const ServiceOptions& options);
  Result<void> Wire(ServiceOptions options);
  Result<void> OpenHttp();
  observe::HttpRoutes Routes();
  Status Look();
  void WatchForHangs();
  void WatchRetention(bool normalizes, bool archives);
  void GiveUp(const std::string& reason);
  void EndIfStuck();

  const Config config_;
  const SystemClock clock_;
  const Instant started_ = clock_.Now();
  std::atomic<bool> ended_ = false;
  bool stopped_ = false;
  const std::shared_ptr<observe::Metrics> shared_metrics_;
  observe::Metrics& metrics_ = *shared_metrics_;
  observe::OtlpExporter* const exporter_;
  const std::vector<Effective> settings_;
  History history_;
  observe::Health health_{clock_};
  observe::ProcessMetrics process_;
  observe::MemoryMetrics memory_;
  std::unique_ptr<alert::AlertService> alerts_;
  std::atomic<int64_t> given_up_ = 0;  // when, by clock_.Now(); 0: not
  std::unique_ptr<watch::TopicRetention> retention_;
  std::unique_ptr<publish::NormalizeStage> normalize_;
  std::unique_ptr<archive::ArchiveStage> archive_;
  std::unique_ptr<observe::HttpServer> http_;
  std::unique_ptr<BrokerProbe> probe_;
};

}  // namespace ntsp::app
