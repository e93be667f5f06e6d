#include "app/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

#include "app/check_command.h"
#include "app/config_text.h"
#include "app/demo_command.h"
#include "app/exit_code.h"
#include "app/healthcheck_command.h"
#include "app/normalize_command.h"
#include "app/process_config.h"
#include "app/run_command.h"
#include "app/simulate_command.h"
#include "app/version.h"
#include "kafka/client_config.h"

namespace ntsp::app {
namespace {

using Command = std::function<int(const Loaded&)>;

std::string VersionText() {
  const auto librdkafka = kafka::LibraryVersion();
  return fmt::format("ntsp {} (librdkafka {})", Version(), librdkafka ? *librdkafka : "unknown");
}

class Cli {
 public:
  Cli() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", VersionText, "Print the version");
    app_.get_formatter()->column_width(26);
    app_.footer(
        "Settings come from the environment and from .env; `ntsp config` shows them.\n"
        "Exit codes: 0 done, 1 failed, 2 wrong arguments or settings, 70 hung and ended itself.");
    AddRun();
    AddDemo();
    AddNormalize();
    AddSimulate();
    AddCheck();
    AddConfig();
    AddHealthcheck();
  }
  Cli(const Cli&) = delete;
  Cli& operator=(const Cli&) = delete;

  int Run(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      // CLI11 has no other way to say it; asking for help is an error of code 0 there.
      return app_.exit(error) == 0 ? kDone : kUsage;
    }
    const auto loaded = LoadProcessConfig(env_file_);
    if (!loaded) {
      std::cerr << loaded.error().message << '\n';
      return kUsage;
    }
    return chosen_(*loaded);
  }

  std::string Help(const std::string& command) {
    return command.empty() ? app_.help() : app_.get_subcommand(command)->help();
  }

 private:
  CLI::App* Add(const char* name, const char* text, Command command) {
    CLI::App* added = app_.add_subcommand(name, text);
    added->add_option("--env-file", env_file_,
                      "Settings, beside the environment (default: .env, if there is one)");
    added->callback([this, command = std::move(command)] { chosen_ = command; });
    return added;
  }

  void AddRun() {
    CLI::App* run = Add("run", "The service: normalize and archive, until a signal ends it",
                        [this](const Loaded& loaded) { return RunCommand(run_, loaded); });
    const std::map<std::string, Stages> stages = {{"normalize", Stages::kNormalize},
                                                  {"archive", Stages::kArchive}};
    run->add_option("--stage", run_.stages, "Only one of the two: normalize or archive")
        ->transform(CLI::CheckedTransformer(stages).description(""))
        ->type_name("STAGE");
  }

  void AddDemo() {
    CLI::App* demo = Add("demo", "Everything in one process: simulated fabric, stand-in for Kafka, files",
                         [this](const Loaded& loaded) { return DemoCommand(demo_, loaded.config); });
    demo->add_option("--seconds", demo_.seconds,
                     "End after this (default: at Ctrl-C; 20 if stdout is no terminal)")
        ->check(CLI::PositiveNumber);
    demo->add_option("--dir", demo_.directory, "Where the files go")->capture_default_str();
    demo->add_option("--rate", demo_.rate, "Messages a second")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
  }

  void AddNormalize() {
    CLI::App* normalize =
        Add("normalize", "Raw messages from files or stdin to records on stdout; no Kafka needed",
            [this](const Loaded& loaded) { return NormalizeCommand(normalize_, loaded.config); });
    normalize->add_option("files", normalize_.files, "Files with raw messages; - or none: stdin")
        ->type_name("FILE");
    normalize->add_option("--received-at", normalize_.received_at,
                          "Kafka timestamp, RFC 3339 (default: now)");
  }

  void AddSimulate() {
    CLI::App* simulate =
        Add("simulate", "Produce a simulated fabric's telemetry to the raw topic",
            [this](const Loaded& loaded) { return SimulateCommand(simulate_, loaded.config); });
    auto& fabric = simulate_.simulation.fabric;
    simulate->add_option("--rate", simulate_.rate, "Messages a second; 0: as fast as it goes")
        ->capture_default_str();
    simulate->add_option("--count", simulate_.count, "End after so many messages");
    simulate->add_option("--seconds", simulate_.seconds, "End after so many seconds");
    simulate->add_option("--nodes", fabric.nodes, "Nodes of the fabric")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    simulate->add_option("--interfaces", fabric.interfaces, "Interfaces of each node")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    simulate->add_option("--seed", fabric.seed, "The same seed gives the same fabric")->capture_default_str();
    simulate->add_option("--bad", simulate_.simulation.bad_percent, "Percent of messages that are broken")
        ->check(CLI::Range(0, 100));
    AddDialect(*simulate);
    simulate->add_flag("--stdout", simulate_.to_stdout, "Print the messages instead of producing them");
  }

  void AddDialect(CLI::App& simulate) {
    std::map<std::string, std::optional<Dialect>> dialects = {{"mixed", std::nullopt}};
    for (int i = 0; i < kDialectCount; ++i) {
      const auto dialect = static_cast<Dialect>(i);
      dialects.emplace(DialectName(dialect), dialect);
    }
    const auto take = [this, dialects](const std::string& name) {
      const auto it = dialects.find(name);
      if (it == dialects.end())
        throw CLI::ValidationError("--dialect", name + ": must be eda, gnmic-event or mixed");
      simulate_.simulation.dialect = it->second;
    };
    simulate.add_option_function<std::string>("--dialect", take, "eda (default), gnmic-event or mixed");
  }

  void AddCheck() {
    CLI::App* check = Add("check", "Ask brokers, topics, bucket and alerts whether all is well",
                          [this](const Loaded& loaded) { return CheckCommand(check_, loaded); });
    check->add_flag("--send-test-alert", check_.send_test_alert, "Send an alert to AWS_SNS_TOPIC_ARN");
  }

  void AddConfig() {
    Add("config", "Print the settings in effect and where they come from; secrets hidden",
        [](const Loaded& loaded) {
          std::cout << ConfigText(loaded);
          for (const std::string& warning : loaded.warnings) std::cerr << "warning: " << warning << '\n';
          return kDone;
        });
  }

  void AddHealthcheck() {
    Add("healthcheck", "Ask the ntsp at HTTP_LISTEN whether it lives (for containers)",
        [](const Loaded& loaded) { return HealthcheckCommand(loaded.config); });
  }

  CLI::App app_{"ntsp: network telemetry from Kafka to clean tables, in Kafka and as Parquet on S3", "ntsp"};
  std::string env_file_;
  Command chosen_;
  RunOptions run_;
  DemoOptions demo_;
  NormalizeOptions normalize_;
  SimulateOptions simulate_;
  CheckOptions check_;
};

}  // namespace

int Main(int argc, const char* const* argv) {
  return Cli().Run(argc, argv);
}

std::string HelpText(const std::string& command) {
  return Cli().Help(command);
}

}  // namespace ntsp::app
