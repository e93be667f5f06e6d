#include "app/run_command.h"

#include <fmt/format.h>

#include <iostream>

#include "app/exit_code.h"
#include "app/export.h"
#include "app/log_setup.h"
#include "app/service.h"
#include "app/stop_signal.h"
#include "aws/sdk.h"
#include "base/log.h"

namespace ntsp::app {
namespace {

using std::chrono::milliseconds;

// Together 20 seconds.
constexpr Duration kStopLimit = std::chrono::seconds(17);
constexpr Duration kExportLimit = std::chrono::seconds(2);  // and a second more
constexpr milliseconds kTick{1000};
constexpr int kTicksBetweenHints = 30;

std::string OneLine(const std::vector<Effective>& effective) {
  std::string text;
  for (const Effective& line : effective) {
    if (!line.value.empty())
      text += fmt::format("{}{}={}", text.empty() ? "" : " ", line.variable, line.value);
  }
  return text;
}

void LogStart(const Loaded& loaded, const std::string& librdkafka) {
  log::Info("started", "ntsp is starting",
            {{"librdkafka", librdkafka},
             {"instance", loaded.config.instance_id},
             {"configuration", OneLine(loaded.effective)}});
  for (const std::string& warning : loaded.warnings) log::Warn("configuration", warning);
}

void WaitForTheEnd(Service& service, const StopSignal& signal) {
  for (int ticks = 1; !signal.WaitFor(kTick) && !service.ended(); ++ticks) {
    service.Tick();
    const auto ready = service.Ready();
    if (!ready.ok && ticks % kTicksBetweenHints == 0) {
      log::Warn("not-ready", "ntsp waits; what for is in `health`", {{"health", ready.body}});
    }
  }
}

int End(Service& service, bool asked) {
  log::Info("stopping",
            asked ? "asked to stop; finishing what is open" : "a stage has ended; stopping the rest");
  const auto stopped = service.Stop(kStopLimit);
  if (!stopped) log::Error("stopped", stopped.error().message);
  if (stopped) log::Info("stopped", "all that was open is finished or left to the next start");
  return stopped && asked ? kDone : kFailed;
}

int ConfigurationError(const Error& error) {
  std::cerr << error.message << '\n';
  return kUsage;
}

}  // namespace

int RunCommand(const RunOptions& options, const Loaded& loaded) {
  if (options.backfill.asked()) {
    if (options.stages != Stages::kArchive) {
      return ConfigurationError(
          {ErrorKind::kStop,
           "--from, --to: need --stage archive. Raw messages that were published already are not published "
           "again: "
           "their records would stand twice in the tables. To make them anew, run another ntsp with topics "
           "(KAFKA_NODE_TOPIC, …) and KAFKA_CONSUMER_GROUP of its own"});
    }
    return BackfillCommand(options.backfill, loaded);
  }
  const StopSignal signal;
  if (options.stages == Stages::kArchive && !loaded.config.archive_enabled()) {
    return ConfigurationError({ErrorKind::kStop, "--stage archive: needs AWS_S3_BUCKET or ARCHIVE_URI"});
  }
  if (auto configured = SetUpLog(loaded.config); !configured) return ConfigurationError(configured.error());
  const auto librdkafka = kafka::LibraryVersion();
  if (!librdkafka) return ConfigurationError(librdkafka.error());
  const auto metrics = std::make_shared<observe::Metrics>();
  const auto exporter = OpenExporter(loaded.config, *metrics);
  if (!exporter) return ConfigurationError(exporter.error());
  LogStart(loaded, *librdkafka);

  int exit_code = kUsage;
  {
    auto service = Service::Make(loaded.config, {.normalize = options.stages != Stages::kArchive,
                                                 .archive = options.stages != Stages::kNormalize,
                                                 .delivery = nullptr,
                                                 .metrics = metrics,
                                                 .exporter = exporter->get(),
                                                 .settings = loaded.effective});
    if (!service) {
      exit_code = ConfigurationError(service.error());
    } else {
      (*service)->Start();
      WaitForTheEnd(**service, signal);
      exit_code = End(**service, signal.Asked());
    }
  }
  if (*exporter) (*exporter)->Stop(kExportLimit);
  aws::StopSdk();
  return exit_code;
}

}  // namespace ntsp::app
