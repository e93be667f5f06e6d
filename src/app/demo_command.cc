#include "app/demo_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "app/demo_screen.h"
#include "app/demo_source.h"
#include "app/exit_code.h"
#include "app/log_setup.h"
#include "app/progress.h"
#include "app/service.h"
#include "app/stop_signal.h"
#include "app/time_text.h"
#include "aws/sdk.h"
#include "kafka/mock_cluster.h"

namespace ntsp::app {
namespace {

using std::chrono::milliseconds;

constexpr int kPartitions = 4;
constexpr double kBadPercent = 0.5;
constexpr double kSecondsWithoutTerminal = 20;
constexpr milliseconds kRedraw{500}, kLineInterval{2000};
constexpr Duration kStopLimit = std::chrono::seconds(20);

Result<std::unique_ptr<kafka::MockCluster>> StartBroker(const Config& config) {
  return kafka::MockCluster::Start({{config.raw_topic, kPartitions},
                                    {config.node_topic, kPartitions},
                                    {config.interface_topic, kPartitions},
                                    {config.address_topic, kPartitions},
                                    {config.dead_letter_topic, 1}});
}

Result<std::unique_ptr<Service>> MakeService(Config& config, AlertList& alerts) {
  auto service = Service::Make(config, {.delivery = std::make_unique<ListDelivery>(alerts)});
  if (service || config.http_listen == "127.0.0.1:0") return service;
  // The usual port is often taken; any other will do for a demo.
  config.http_listen = "127.0.0.1:0";
  return Service::Make(config, {.delivery = std::make_unique<ListDelivery>(alerts)});
}

class Demo {
 public:
  explicit Demo(const DemoOptions& options) : options_(options), terminal_(isatty(STDOUT_FILENO) == 1) {}

  Result<void> Run(const Config& base) {
    const std::string directory = DirectoryOfRun();
    NTSP_ASSIGN(const auto broker, StartBroker(base));
    Config config = DemoConfig(base, directory, broker->bootstrap_servers());
    NTSP_TRY(MakeDirectory(directory));
    NTSP_TRY(SetUpLog(config));
    NTSP_ASSIGN(const auto service, MakeService(config, alerts_));
    Introduce(service->http_port());
    const Progress end = Play(config, *service);
    std::cout << ProgressSummary(end, directory);
    return {};
  }

 private:
  // Each run has a log of its own, so the offsets in the files' names begin at 0 again: runs must not share a
  // place.
  std::string DirectoryOfRun() const {
    const std::string time = TimeText(clock_.WallTime()).substr(0, sizeof "2026-11-23T15:04:05" - 1);
    return (std::filesystem::absolute(options_.directory) / time).lexically_normal();
  }

  Result<void> MakeDirectory(const std::string& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) return ntsp::Stop(fmt::format("--dir {}: {}", directory, error.message()));
    return {};
  }

  void Introduce(int port) {
    std::cout << "ntsp demo: a simulated fabric, an in-process stand-in for Kafka, and a directory instead "
                 "of a bucket.\n"
                 "The stand-in only pretends to have transactions: this shows what ntsp does, not that "
                 "nothing is lost.\n"
              << (port > 0 ? fmt::format("Status: http://127.0.0.1:{}/\n", port) : "") << std::endl;
  }

  Progress Play(const Config& config, Service& service) {
    const Instant start = clock_.Now();
    service.Start();
    DemoSource source(config, Telemetry());
    DemoScreen screen(terminal_);
    while (!Over(start) && !service.ended()) {
      signal_.WaitFor(terminal_ ? kRedraw : kLineInterval);
      service.Tick();
      screen.Show(Now(start, source, service));
    }
    source.Stop();
    Drain(start, source, service);
    if (auto stopped = service.Stop(kStopLimit); !stopped) alerts_.Add(stopped.error().message);
    const Progress end = Now(start, source, service);
    screen.Show(end);
    return end;
  }

  SimulateOptions Telemetry() const {
    SimulateOptions telemetry;
    telemetry.simulation.dialect = std::nullopt;
    telemetry.simulation.bad_percent = kBadPercent;
    telemetry.rate = options_.rate;
    return telemetry;
  }

  // Lets what was produced arrive; a signal ends that too.
  void Drain(Instant start, const DemoSource& source, Service& service) {
    const Instant until = clock_.Now() + std::chrono::seconds(5);
    while (clock_.Now() < until && !signal_.Asked() && !service.ended() &&
           Now(start, source, service).messages < static_cast<double>(source.count())) {
      signal_.WaitFor(milliseconds(50));
    }
  }

  bool Over(Instant start) const {
    if (signal_.Asked()) return true;
    const double limit = options_.seconds.value_or(terminal_ ? 0 : kSecondsWithoutTerminal);
    return limit > 0 && std::chrono::duration<double>(clock_.Now() - start).count() >= limit;
  }

  Progress Now(Instant start, const DemoSource& source, Service& service) const {
    Progress now = ReadProgress(service.metrics());
    now.seconds = std::chrono::duration<double>(clock_.Now() - start).count();
    now.simulated = source.count();
    now.alerts = alerts_.Texts();
    return now;
  }

  const DemoOptions options_;
  const bool terminal_;
  const StopSignal signal_;
  const SystemClock clock_;
  AlertList alerts_;
};

}  // namespace

Config DemoConfig(const Config& base, const std::string& directory, const std::string& bootstrap_servers) {
  Config config = base;
  config.kafka.bootstrap_servers = bootstrap_servers;
  config.kafka.properties.clear();  // they are for real brokers: TLS, authentication
  // The mock cluster answers all calls of a transaction, but its readers see everything at once. It is asked
  // for transactions all the same, so that the demo runs the code that a real broker would meet.
  config.exactly_once = true;
  config.instance_id = "demo";
  config.normalize_workers = std::min<uint64_t>(base.normalize_workers, 2);
  config.archive_workers = 1;
  config.memory_limit_mb = std::max<uint64_t>(base.memory_limit_mb, 256);
  config.archive_uri = "file://" + directory;
  config.archive_max_age_s = 5;
  config.alert_window_s = 10;
  config.sns_topic_arn.clear();
  config.log_file = directory + "/ntsp.log";
  return config;
}

int DemoCommand(const DemoOptions& options, const Config& config) {
  const auto done = Demo(options).Run(config);
  aws::StopSdk();
  if (done) return kDone;
  std::cerr << done.error().message << '\n';
  return kFailed;
}

}  // namespace ntsp::app
