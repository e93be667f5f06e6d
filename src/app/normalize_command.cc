#include "app/normalize_command.h"

#include <iostream>

#include "app/exit_code.h"
#include "app/input_file.h"
#include "app/raw_text.h"

namespace ntsp::app {
namespace {

Result<void> ProcessFiles(const NormalizeOptions& options, RawText& raw) {
  NTSP_ASSIGN(const Timestamp received_at, ReceivedAt(options.received_at));
  const std::vector<std::string> files =
      options.files.empty() ? std::vector<std::string>{"-"} : options.files;
  for (const std::string& file : files) {
    NTSP_ASSIGN(const std::string text, ReadInput(file));
    raw.Process(TopicOf(file), text, received_at);
  }
  return {};
}

}  // namespace

int NormalizeCommand(const NormalizeOptions& options, const Config& config) {
  std::ios::sync_with_stdio(false);
  const normalize::Options rules{config.keep_extra, !config.node_facts_only};
  RawText raw(rules, std::cout, std::cerr, normalize::RowsOf(config.mapping.get()));
  if (const auto processed = ProcessFiles(options, raw); !processed) {
    std::cerr << processed.error().message << '\n';
    return kUsage;
  }
  std::cout.flush();
  return raw.failed() == 0 && std::cout ? kDone : kFailed;
}

}  // namespace ntsp::app
