#include "app/redrive_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "app/exit_code.h"
#include "app/stop_signal.h"
#include "base/log.h"
#include "kafka/admin.h"
#include "kafka/log_reader.h"
#include "kafka/transfer.h"
#include "publish/redrive.h"

namespace ntsp::app {
namespace {

using publish::Redrive;
using publish::RedriveReport;

constexpr std::chrono::milliseconds kTimeout{15'000};
constexpr size_t kLargestMessage = 10'000'000;

Result<std::optional<Timestamp>> ParseTime(const char* option, const std::string& text) {
  if (text.empty()) return std::optional<Timestamp>();
  const auto time = ParseRfc3339(text);
  if (!time)
    return ntsp::Stop(fmt::format("{} {}: must be a time as 2026-11-23T15:04:05Z (RFC 3339)", option, text));
  return time;
}

Result<Redrive::Options> ToOptions(const RedriveOptions& options, const Config& config) {
  Redrive::Options to;
  to.raw_topic = config.raw_topic;
  to.dead_letter_topic = config.dead_letter_topic;
  to.kinds.insert(options.kinds.begin(), options.kinds.end());
  NTSP_ASSIGN(to.since, ParseTime("--since", options.since));
  NTSP_ASSIGN(to.until, ParseTime("--until", options.until));
  if (options.offset && !options.partition) return ntsp::Stop("--offset: needs --partition");
  if (options.partition) to.partition = Partition{*options.partition};
  if (options.offset) to.offset = Offset{*options.offset};
  to.from_start = options.from_start;
  to.rate = options.rate;
  to.examples = options.examples;
  return to;
}

std::string GroupOf(const Config& config) {
  return config.consumer_group + "-redrive";
}

Result<int> DeadLetterPartitions(const Config& config) {
  NTSP_ASSIGN(const auto admin, kafka::Admin::Open(config.kafka));
  NTSP_ASSIGN(const auto topics, admin->Describe({config.dead_letter_topic, config.raw_topic}, kTimeout));
  for (const auto& [name, info] : topics) {
    if (info.exists) continue;
    return ntsp::Stop(info.error.empty() ? "topic " + name + " does not exist" : info.error);
  }
  return topics.at(config.dead_letter_topic).partitions;
}

Result<std::unique_ptr<kafka::Transfer>> OpenTransfer(const Config& config, const StopSignal& signal) {
  if (!config.exactly_once) {
    return ntsp::Stop(
        "redrive needs transactions, so that no letter is put back twice: set DELIVERY=exactly-once (for "
        "this "
        "command alone, if the brokers have transactions)");
  }
  kafka::ProducerOptions options;
  // Of the group, not of this process: a second redrive must end the first.
  options.transactional_id = "ntsp-" + GroupOf(config);
  options.message_max_bytes = std::max<size_t>(config.max_message_bytes, kLargestMessage);
  return kafka::OpenTransfer(config.kafka, options, GroupOf(config), [&] { return !signal.Asked(); });
}

void Print(const RedriveReport& report, bool dry_run) {
  for (const auto& [kind, of] : report.kinds) {
    std::cout << fmt::format("{:24} {} {}, {} refused, {} not selected, {} dealt with earlier\n", kind,
                             of.put_back, dry_run ? "would be put back" : "selected", of.refused, of.left,
                             of.done);
    for (const std::string& example : of.examples) std::cout << "    " << example << '\n';
  }
  for (const std::string& refusal : report.refusals) std::cout << "refused  " << refusal << '\n';
  if (report.refused > report.refusals.size()) {
    std::cout << fmt::format("refused  … and {} more\n", report.refused - report.refusals.size());
  }
  if (dry_run) {
    std::cout << "a dry run: nothing was done\n";
  } else {
    std::cout << fmt::format("{} dead letters are back\n", report.put_back);
  }
  if (report.interrupted) std::cout << "interrupted; call it again to go on\n";
}

Result<RedriveReport> Run(const RedriveOptions& options, const Redrive::Options& selection,
                          const Config& config) {
  const StopSignal signal;
  const SystemClock clock;
  NTSP_ASSIGN(const int partitions, DeadLetterPartitions(config));
  // Before the position is read: that of an earlier redrive which died is settled then.
  std::unique_ptr<kafka::Transfer> transfer;
  if (!options.dry_run) {
    NTSP_ASSIGN(transfer, OpenTransfer(config, signal));
  }
  NTSP_ASSIGN(const auto log, kafka::OpenLogReader(config.kafka, {.group = GroupOf(config)}));
  const auto pause = [&](Duration time) {
    signal.WaitFor(std::clamp(std::chrono::ceil<std::chrono::milliseconds>(time),
                              std::chrono::milliseconds(1), std::chrono::milliseconds(100)));
  };
  return Redrive(selection, {*log, transfer.get(), clock, pause, [&] { return signal.Asked(); }})
      .Run(partitions);
}

}  // namespace

int RedriveCommand(const RedriveOptions& options, const Config& config) {
  // What librdkafka says beside the answers is shown only if it is serious.
  log::Options quiet;
  quiet.level = log::Level::kError;
  quiet.format = log::Format::kText;
  (void)log::Configure(quiet);
  const auto selection = ToOptions(options, config);
  if (!selection) {
    std::cerr << selection.error().message << '\n';
    return kUsage;
  }
  const auto report = Run(options, *selection, config);
  if (!report) {
    std::cerr << report.error().message << '\n';
    return kFailed;
  }
  Print(*report, options.dry_run);
  return report->refused == 0 && !report->interrupted ? kDone : kFailed;
}

}  // namespace ntsp::app
