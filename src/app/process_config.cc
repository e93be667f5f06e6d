#include "app/process_config.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <thread>

namespace ntsp::app {
namespace {

std::string HostName() {
  std::array<char, 256> name{};
  // The last byte stays 0 even if the name is cut.
  if (gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

void ShowToAwsSdk(const Environment& environment, const std::vector<EnvEntry>& entries) {
  for (const auto& [variable, value] : environment) {
    // The SDK takes an empty profile or key for a given one; for people it means "not set".
    if (variable.starts_with("AWS_") && value.empty()) unsetenv(variable.c_str());
  }
  for (const EnvEntry& entry : entries) {
    const auto given = environment.find(entry.variable);
    const bool wins = given == environment.end() || given->second.empty();
    if (entry.variable.starts_with("AWS_") && wins && !entry.value.empty()) {
      setenv(entry.variable.c_str(), entry.value.c_str(), 1);
    }
  }
}

}  // namespace

Environment ProcessEnvironment() {
  Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

Result<Loaded> LoadProcessConfig(const std::string& env_file) {
  LoadInput input;
  input.environment = ProcessEnvironment();
  input.host_name = HostName();
  input.cores = std::thread::hardware_concurrency();
  input.check_property = kafka::CheckProperty;
  input.env_file = env_file.empty() ? ".env" : env_file;
  if (!env_file.empty() || std::filesystem::exists(input.env_file)) {
    NTSP_ASSIGN(input.env_entries, ReadEnvFile(input.env_file));
  }
  NTSP_ASSIGN(Loaded loaded, LoadConfig(input));
  ShowToAwsSdk(input.environment, input.env_entries);
  for (const auto& [variable, value] : loaded.aws_secrets) setenv(variable.c_str(), value.c_str(), 1);
  return loaded;
}

}  // namespace ntsp::app
