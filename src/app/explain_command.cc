#include "app/explain_command.h"

#include <fmt/format.h>

#include <iostream>
#include <vector>

#include "app/exit_code.h"
#include "app/explain_json.h"
#include "app/explain_text.h"
#include "app/explainer.h"
#include "app/input_file.h"
#include "app/json_values.h"

namespace ntsp::app {
namespace {

std::vector<std::string_view> Messages(std::string_view text) {
  std::vector<std::string_view> messages;
  JsonValues values(text);
  while (const auto value = values.Next()) messages.push_back(*value);
  return messages;
}

// Which settings take part.
std::string Settings(const Config& config) {
  std::string text;
  if (!config.keep_extra) text += "EXTRA_FIELDS=drop\n";
  if (config.node_facts_only) text += "NODE_RECORDS=facts\n";
  if (config.mapping != nullptr) {
    text += fmt::format("NTSP_MAPPING_FILE={}: {} lines before ntsp's own\n", config.mapping_file,
                        config.mapping->own_rows());
  }
  return text.empty() ? text : text + '\n';
}

Result<int> Explain(const ExplainOptions& options, const Config& config) {
  const std::string file = options.file.empty() ? "-" : options.file;
  NTSP_ASSIGN(const Timestamp received_at, ReceivedAt(options.received_at));
  NTSP_ASSIGN(const std::string text, ReadInput(file));
  const std::string topic = TopicOf(file);
  const std::vector<std::string_view> messages = Messages(text);
  if (messages.empty()) return Stop(fmt::format("{} holds no message", file == "-" ? "stdin" : file));

  Explainer explainer({config.keep_extra, !config.node_facts_only}, normalize::RowsOf(config.mapping.get()));
  std::optional<std::string_view> key;
  if (!options.key.empty()) key = options.key;
  RawMessage raw{topic, {0}, {0}, received_at, key, std::nullopt};
  bool has_failed = false;
  if (!options.as_json) std::cout << Settings(config);
  for (; raw.offset.value < static_cast<int64_t>(messages.size()); raw.offset = Next(raw.offset)) {
    const auto number = static_cast<size_t>(raw.offset.value);
    raw.value = messages[number];
    const Explanation told = explainer.Explain(raw);
    has_failed |= told.HasFailed();
    if (options.as_json) {
      std::cout << ExplainJson(topic, raw.offset.value, told) << '\n';
    } else {
      if (number > 0) std::cout << "\n\n";
      std::cout << ExplainText(fmt::format("message {} of {}", number + 1, messages.size()), told);
    }
  }
  std::cout.flush();
  return has_failed || !std::cout ? kFailed : kDone;
}

}  // namespace

int ExplainCommand(const ExplainOptions& options, const Config& config) {
  std::ios::sync_with_stdio(false);
  const auto code = Explain(options, config);
  if (code) return *code;
  std::cerr << code.error().message << '\n';
  return kUsage;
}

}  // namespace ntsp::app
