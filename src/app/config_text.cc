#include "app/config_text.h"

#include <fmt/format.h>

#include "app/setting.h"

namespace ntsp::app {
namespace {

constexpr std::string_view SourceName(Source source) {
  switch (source) {
    case Source::kDefault:
      return "default";
    case Source::kFile:
      return "file";
    case Source::kEnvironment:
      return "environment";
    case Source::kSecretFile:
      return "secret file";
  }
  return "";
}

// As a shell and as our own reader take it.
std::string Quoted(const std::string& value) {
  const bool plain = value.find_first_of(" \t#'\"\\$`\n") == std::string::npos;
  if (plain) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\' || c == '$') quoted += '\\';
    quoted += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return quoted + '"';
}

std::string EscapedForTable(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

std::string DefaultForPeople(const Setting& setting) {
  return setting.default_text.empty() ? std::string(setting.when_empty)
                                      : fmt::format("`{}`", setting.default_text);
}

}  // namespace

std::string ConfigText(const Loaded& loaded) {
  std::string text;
  for (const Effective& line : loaded.effective) {
    text += fmt::format("{}={}  # source: {}\n", line.variable, Quoted(line.value), SourceName(line.source));
  }
  return text;
}

std::string EnvExampleText() {
  std::string text =
      "# Every setting of ntsp with its default. Copy this file to .env and change what you need; an empty "
      "value is the\n"
      "# default, and the environment wins over the file. `ntsp config` shows what is in effect. Each secret "
      "can "
      "lie in a\n"
      "# file instead: LOGFIRE_TOKEN_FILE=/run/secrets/logfire, KAFKA_CLIENT_SASL_PASSWORD_FILE=… and so "
      "on.\n";
  for (const Setting& setting : Settings()) {
    text += fmt::format("\n# {}\n", setting.doc);
    text += fmt::format("# allowed: {}", setting.allowed);
    if (setting.default_text.empty()) text += fmt::format("; empty: {}", setting.when_empty);
    text += fmt::format("\n{}={}\n", setting.variable, setting.default_text);
  }
  text += fmt::format("\n# {}<KEY>: {}\n", kKafkaClientPrefix, kKafkaClientDoc);
  text += fmt::format("#{}SECURITY_PROTOCOL=SASL_SSL\n", kKafkaClientPrefix);
  return text;
}

std::string SettingsMarkdown() {
  std::string text = "| variable | default | allowed | meaning |\n| --- | --- | --- | --- |\n";
  for (const Setting& setting : Settings()) {
    text += fmt::format("| {} | {} | {} | {} |\n", setting.variable, DefaultForPeople(setting),
                        EscapedForTable(setting.allowed), EscapedForTable(setting.doc));
  }
  text +=
      fmt::format("| {}`<KEY>` | none | what librdkafka takes | {} |\n", kKafkaClientPrefix, kKafkaClientDoc);
  return text;
}

}  // namespace ntsp::app
