#include "app/normalize_command.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "app/exit_code.h"
#include "app/raw_text.h"
#include "base/clock.h"

namespace ntsp::app {
namespace {

Result<std::string> ReadAll(const std::string& file) {
  std::ostringstream text;
  if (file == "-") {
    text << std::cin.rdbuf();
    return std::move(text).str();
  }
  if (std::filesystem::is_directory(file))
    return Stop(fmt::format("cannot read {}: it is a directory", file));
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return Stop(fmt::format("cannot read {}: {}", file, std::strerror(errno)));
  text << in.rdbuf();
  return std::move(text).str();
}

std::string TopicOf(const std::string& file) {
  return file == "-" ? file : std::filesystem::path(file).filename().string();
}

Result<void> ProcessFiles(const NormalizeOptions& options, Timestamp received_at, RawText& raw) {
  const std::vector<std::string> files =
      options.files.empty() ? std::vector<std::string>{"-"} : options.files;
  for (const std::string& file : files) {
    NTSP_ASSIGN(const std::string text, ReadAll(file));
    raw.Process(TopicOf(file), text, received_at);
  }
  return {};
}

}  // namespace

int NormalizeCommand(const NormalizeOptions& options, const Config& config) {
  Timestamp received_at = SystemClock().WallTime();
  if (!options.received_at.empty()) {
    const auto given = ParseRfc3339(options.received_at);
    if (!given) {
      std::cerr << fmt::format("--received-at {}: must be a time like 2026-11-23T15:04:05Z\n",
                               options.received_at);
      return kUsage;
    }
    received_at = *given;
  }
  std::ios::sync_with_stdio(false);
  const normalize::Options rules{config.keep_extra, !config.node_facts_only};
  RawText raw(rules, std::cout, std::cerr, normalize::RowsOf(config.mapping.get()));
  if (const auto processed = ProcessFiles(options, received_at, raw); !processed) {
    std::cerr << processed.error().message << '\n';
    return kUsage;
  }
  std::cout.flush();
  return raw.failed() == 0 && std::cout ? kDone : kFailed;
}

}  // namespace ntsp::app
