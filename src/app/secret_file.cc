#include "app/secret_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "app/setting.h"

namespace ntsp::app {
namespace {

constexpr std::string_view kEnd = "_FILE";
constexpr size_t kLargest = 64 * 1024;

}  // namespace

std::string SecretOfFile(std::string_view variable) {
  if (!variable.ends_with(kEnd)) return "";
  const std::string_view name = variable.substr(0, variable.size() - kEnd.size());
  const bool known = FindSetting(name) != nullptr || name.starts_with(kKafkaClientPrefix);
  return known && IsSecret(name) ? std::string(name) : "";
}

Result<std::string> ReadSecretFile(const std::string& file) {
  // A directory opens like a file, and fails only when it is read.
  if (std::filesystem::is_directory(file))
    return Stop(fmt::format("cannot read {}: it is a directory", file));
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return Stop(fmt::format("cannot read {}: {}", file, std::strerror(errno)));
  std::string text(kLargest + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kLargest) return Stop(fmt::format("{} is larger than 64 KiB", file));
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  if (text.empty()) return Stop(fmt::format("{} is empty", file));
  return text;
}

}  // namespace ntsp::app
