#include "app/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>

#include "app/check_command.h"
#include "app/config_text.h"
#include "app/demo_command.h"
#include "app/exit_code.h"
#include "app/explain_command.h"
#include "app/healthcheck_command.h"
#include "app/msk_login.h"
#include "app/normalize_command.h"
#include "app/process_config.h"
#include "app/redrive_command.h"
#include "app/run_command.h"
#include "app/schema_command.h"
#include "app/simulate_command.h"
#include "app/verify_command.h"
#include "app/version.h"
#include "kafka/client_config.h"

namespace ntsp::app {
namespace {

using Command = std::function<int(const Loaded&)>;

std::string VersionText() {
  const auto librdkafka = kafka::LibraryVersion();
  return fmt::format("ntsp {} ({}, librdkafka {})", Version(), Revision(),
                     librdkafka ? *librdkafka : "unknown");
}

std::map<std::string, Table> TablesByName() {
  std::map<std::string, Table> tables;
  for (const Table table : kTables) tables.emplace(TableName(table), table);
  return tables;
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
    AddExplain();
    AddSimulate();
    AddCheck();
    AddRedrive();
    AddVerify();
    AddSchema();
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
    auto loaded = LoadProcessConfig(env_file_);
    if (!loaded) {
      std::cerr << loaded.error().message << '\n';
      return kUsage;
    }
    UseMskLogin(loaded->config);
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
    const char* const group = "Backfill: with --stage archive, write a range of the archive again and end";
    run->add_option("--from", run_.backfill.from,
                    "Begin: time of the tables' messages, RFC 3339, or offset (default: oldest)")
        ->type_name("TIME|OFFSET")
        ->group(group);
    run->add_option("--to", run_.backfill.to, "End, exclusive (default and limit: the archive's position)")
        ->type_name("TIME|OFFSET")
        ->group(group);
    run->add_option("--table", run_.backfill.table, "Only one of them: node, interface or address")
        ->transform(CLI::CheckedTransformer(TablesByName()).description(""))
        ->type_name("TABLE")
        ->group(group);
    run->add_option("--partition", run_.backfill.partition, "Only this partition of the tables' topics")
        ->check(CLI::NonNegativeNumber)
        ->group(group);
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

  void AddExplain() {
    CLI::App* explain =
        Add("explain", "What becomes of raw messages, and why: dialect, each leaf, records; no Kafka needed",
            [this](const Loaded& loaded) { return ExplainCommand(explain_, loaded.config); });
    explain->add_option("file", explain_.file, "File with raw messages; - or none: stdin")->type_name("FILE");
    explain->add_option("--received-at", explain_.received_at, "Kafka timestamp, RFC 3339 (default: now)");
    explain->add_option("--key", explain_.key, "Key of the Kafka message (default: none)");
    explain->add_flag("--json", explain_.as_json, "One line of JSON for each message");
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
        ->check(CLI::Range(0.0, 100.0));
    AddDialect(*simulate);
    simulate->add_flag("--stdout", simulate_.to_stdout, "Print the messages instead of producing them");
  }

  void AddDialect(CLI::App& simulate) {
    std::vector<std::string_view> names;
    for (const Dialect dialect : kDialects) names.push_back(DialectName(dialect));
    const std::string all = fmt::format("{} or mixed", fmt::join(names, ", "));
    const auto take = [this, all](const std::string& name) {
      const auto* const dialect = std::ranges::find(kDialects, name, DialectName);
      if (dialect == kDialects.end() && name != "mixed")
        throw CLI::ValidationError("--dialect", fmt::format("{}: must be {}", name, all));
      simulate_.simulation.dialect = name == "mixed" ? std::nullopt : std::optional(*dialect);
    };
    std::string help = all + " (all by turns)";
    help.replace(help.find(' ', help.size() / 2), 1, "\n");  // in two lines
    simulate.add_option_function<std::string>("--dialect", take, help)->default_str("eda");
  }

  void AddCheck() {
    CLI::App* check = Add("check", "Ask brokers, topics, bucket and alerts whether all is well",
                          [this](const Loaded& loaded) { return CheckCommand(check_, loaded); });
    check->add_flag("--send-test-alert", check_.send_test_alert, "Send an alert to AWS_SNS_TOPIC_ARN");
  }

  void AddSchema() {
    CLI::App* schema =
        Add("schema", "Print the tables' schema: SQL for ClickHouse, Parquet's, or JSON Schema",
            [this](const Loaded& loaded) { return SchemaCommand(schema_, loaded.config); });
    const std::map<std::string, SchemaKind> kinds = {{"clickhouse", SchemaKind::kClickHouse},
                                                     {"parquet", SchemaKind::kParquet},
                                                     {"json", SchemaKind::kJson}};
    schema->add_option("kind", schema_.kind, "clickhouse, parquet or json")
        ->required()
        ->transform(CLI::CheckedTransformer(kinds).description(""))
        ->type_name("KIND");
    ClickHouseOptions& clickhouse = schema_.clickhouse;
    const char* const group = "For clickhouse (the topics are the settings')";
    schema
        ->add_option("--brokers", clickhouse.brokers,
                     "As ClickHouse reaches them (default: KAFKA_BOOTSTRAP_SERVERS)")
        ->group(group);
    schema->add_option("--group", clickhouse.group, "Consumer groups: this and -<table>")
        ->capture_default_str()
        ->group(group);
    schema->add_option("--database", clickhouse.database, "Where all goes")
        ->capture_default_str()
        ->group(group);
    schema->add_option("--consumers", clickhouse.consumers, "Consumers of each table, at most its partitions")
        ->capture_default_str()
        ->check(CLI::Range(1, 256))
        ->group(group);
    schema->add_option("--ttl-days", clickhouse.ttl_days, "Days that rows are kept (default: for ever)")
        ->check(CLI::Range(1, 36'500))
        ->group(group);
  }

  void AddRedrive() {
    CLI::App* redrive = Add("redrive", "Put dead letters back on the raw topic, each at most once",
                            [this](const Loaded& loaded) { return RedriveCommand(redrive_, loaded.config); });
    redrive->add_option("--kind", redrive_.kinds, "Only of these kinds (header ntsp.error.kind)")
        ->type_name("KIND");
    redrive->add_option("--since", redrive_.since, "Only what failed at this time or later, RFC 3339")
        ->type_name("TIME");
    redrive->add_option("--until", redrive_.until, "Only what failed before this time, RFC 3339")
        ->type_name("TIME");
    redrive->add_option("--partition", redrive_.partition, "Only of this partition of the dead letter topic");
    redrive->add_option("--offset", redrive_.offset, "Only this one of the partition");
    redrive->add_flag("--dry-run", redrive_.dry_run, "Count and show, and do nothing");
    redrive->add_flag("--from-start", redrive_.from_start, "Also what an earlier call has put back already");
    redrive->add_option("--rate", redrive_.rate, "Messages a second; 0: as fast as it goes")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    redrive->add_option("--examples", redrive_.examples, "Dead letters of each kind to show")
        ->capture_default_str();
  }

  void AddVerify() {
    CLI::App* verify =
        Add("verify", "Compare the tables' topics with the archive: every row once, or which not",
            [this](const Loaded& loaded) { return VerifyCommand(verify_, loaded); });
    verify->add_option("--table", verify_.table, "Only one of them: node, interface or address")
        ->transform(CLI::CheckedTransformer(TablesByName()).description(""))
        ->type_name("TABLE");
    verify->add_option("--since", verify_.since, "Only messages from this time on, RFC 3339")
        ->type_name("TIME");
    verify->add_option("--examples", verify_.examples, "Differences of each kind to show")
        ->capture_default_str();
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
  ExplainOptions explain_;
  SimulateOptions simulate_;
  CheckOptions check_;
  RedriveOptions redrive_;
  VerifyOptions verify_;
  SchemaOptions schema_;
};

}  // namespace

int Main(int argc, const char* const* argv) {
  return Cli().Run(argc, argv);
}

std::string HelpText(const std::string& command) {
  return Cli().Help(command);
}

}  // namespace ntsp::app
