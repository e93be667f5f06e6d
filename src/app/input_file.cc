#include "app/input_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/clock.h"

namespace ntsp::app {

Result<std::string> ReadInput(const std::string& file) {
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

Result<Timestamp> ReceivedAt(const std::string& given) {
  if (given.empty()) return SystemClock().WallTime();
  if (const auto time = ParseRfc3339(given)) return *time;
  return Stop(fmt::format("--received-at {}: must be a time like 2026-11-23T15:04:05Z", given));
}

}  // namespace ntsp::app
