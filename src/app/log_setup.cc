#include "app/log_setup.h"

#include <unistd.h>

namespace ntsp::app {

Result<void> SetUpLog(const Config& config) {
  const bool terminal = config.log_file.empty() && isatty(STDERR_FILENO) == 1;
  log::Options options;
  options.level = config.log_level;
  options.format = config.log_format.value_or(terminal ? log::Format::kText : log::Format::kJson);
  options.file = config.log_file;
  options.service_name = config.service_name;
  options.service_version = config.service_version;
  if (auto configured = log::Configure(options); !configured) {
    return Stop("LOG_FILE=" + config.log_file + ": " + configured.error().message);
  }
  return {};
}

}  // namespace ntsp::app
