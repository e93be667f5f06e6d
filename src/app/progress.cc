#include "app/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "app/simulation.h"

namespace ntsp::app {
namespace {

constexpr size_t kAlertLines = 3;
constexpr size_t kWidth = 100;

double Total(const std::array<double, kTableCount>& records) {
  return std::accumulate(records.begin(), records.end(), 0.0);
}

double Rate(double now, double before, double seconds) {
  return seconds > 0 ? (now - before) / seconds : 0;
}

double MessageRate(const Progress& now, const Progress& before) {
  return Rate(now.messages, before.messages, now.seconds - before.seconds);
}

double RecordRate(const Progress& now, const Progress& before) {
  return Rate(Total(now.records), Total(before.records), now.seconds - before.seconds);
}

std::string Megabytes(double bytes) {
  return fmt::format("{:.1f} MB", bytes / 1e6);
}

std::string Cut(std::string text) {
  if (text.size() > kWidth) text = text.substr(0, kWidth - 3) + "...";
  return text;
}

// Three in a line: fits 80 columns.
std::string DialectTable(const Progress& end) {
  constexpr size_t kInLine = 3;
  std::string text;
  for (size_t i = 0; i < kDialects.size(); ++i) {
    const bool is_last = i % kInLine == kInLine - 1 || i + 1 == kDialects.size();
    const std::string_view name = DialectName(kDialects[i]);
    text += fmt::format("  {:>8.0f} {:<{}}", end.by_dialect[i], name, is_last ? 0 : 16);
    if (is_last) text += '\n';
  }
  return text;
}

}  // namespace

Progress ReadProgress(const observe::Metrics& metrics) {
  Progress progress;
  constexpr const char* kMessages = "ntsp_publish_messages_total";
  progress.messages = metrics.Sum(kMessages);
  for (const Dialect dialect : kDialects) {
    progress.by_dialect[static_cast<size_t>(dialect)] =
        metrics.Sum(kMessages, {{"dialect", std::string(DialectName(dialect))}});
  }
  for (const Table table : kTables) {
    progress.records[static_cast<size_t>(table)] =
        metrics.Sum("ntsp_publish_records_total", {{"table", std::string(TableName(table))}});
  }
  progress.dead_letters = metrics.Sum("ntsp_publish_dead_letters_total");
  progress.lag = metrics.Sum("ntsp_publish_lag_messages");
  progress.archive_lag = metrics.Sum("ntsp_archive_lag_messages");
  progress.files = metrics.Sum("ntsp_archive_objects_total");
  progress.rows = metrics.Sum("ntsp_archive_rows_total");
  progress.bytes = metrics.Sum("ntsp_archive_uploaded_bytes_total");
  return progress;
}

std::string ProgressLine(const Progress& now, const Progress& before) {
  return fmt::format(
      "{:5.0f} s  {:.0f} messages ({:.0f}/s), {:.0f} records ({:.0f}/s), {:.0f} dead letters, lag {:.0f}, "
      "{:.0f} files, {:.0f} rows archived, {} alerts",
      now.seconds, now.messages, MessageRate(now, before), Total(now.records), RecordRate(now, before),
      now.dead_letters, now.lag, now.files, now.rows, now.alerts.size());
}

std::vector<std::string> ProgressScreen(const Progress& now, const Progress& before) {
  std::vector<std::string> lines = {
      fmt::format("simulated  {:>10} messages                    {:.0f} s", now.simulated, now.seconds),
      fmt::format("processed  {:>10.0f} messages {:>8.0f}/s    lag {:.0f}", now.messages,
                  MessageRate(now, before), now.lag),
      fmt::format("published  {:>10.0f} records  {:>8.0f}/s    node {:.0f}, interface {:.0f}, address {:.0f}",
                  Total(now.records), RecordRate(now, before), now.records[0], now.records[1],
                  now.records[2]),
      fmt::format("dead       {:>10.0f} messages", now.dead_letters),
      fmt::format("archived   {:>10.0f} rows     in {:.0f} Parquet files, {}; lag {:.0f}", now.rows,
                  now.files, Megabytes(now.bytes), now.archive_lag),
      fmt::format("alerts     {:>10}", now.alerts.size())};
  const size_t first = now.alerts.size() - std::min(kAlertLines, now.alerts.size());
  for (size_t i = 0; i < kAlertLines; ++i) {
    lines.push_back(first + i < now.alerts.size() ? Cut("  " + now.alerts[first + i]) : "");
  }
  return lines;
}

std::string ProgressSummary(const Progress& end, const std::string& directory) {
  std::string text = fmt::format("\nIn {:.0f} s, {} simulated messages became\n", end.seconds, end.simulated);
  for (const Table table : kTables) {
    text += fmt::format("  {:>8.0f} {} records\n", end.records[static_cast<size_t>(table)], TableName(table));
  }
  text += fmt::format("  {:>8.0f} dead letters\n", end.dead_letters);
  text +=
      fmt::format("  {:>8.0f} rows in {:.0f} Parquet files, {}\n", end.rows, end.files, Megabytes(end.bytes));
  text += fmt::format("  {:>8} alerts\n", end.alerts.size());
  text += "The messages were of these dialects:\n" + DialectTable(end);
  text += fmt::format("The files are in {0}, the log is {0}/ntsp.log.\n", directory);
  return text;
}

}  // namespace ntsp::app
