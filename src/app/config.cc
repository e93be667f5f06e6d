#include "app/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "app/conflict.h"
#include "app/setting.h"
#include "app/version.h"
#include "base/secret.h"

namespace ntsp::app {
namespace {

constexpr std::string_view kOtelPrefix = "OTEL_";

struct Given {
  std::string value;
  Source source = Source::kDefault;
  std::string where;  // " in FILE:LINE"; empty: the environment
};

class Loader {
 public:
  explicit Loader(const LoadInput& input) : input_(input) { Collect(); }

  Result<Loaded> Load() && {
    for (const Setting& setting : Settings()) Take(setting);
    for (const auto& [variable, given] : given_) {
      if (variable.starts_with(kKafkaClientPrefix)) TakeProperty(variable, given);
    }
    FillIn();
    ReadMapping();
    for (std::string& conflict : FindConflicts(loaded_.config)) Fail(std::move(conflict));
    CheckAwsKeys();
    SettleAwsRole();
    WarnOfOtel();
    if (!mistakes_.empty()) return Stop(std::move(mistakes_));
    return std::move(loaded_);
  }

 private:
  // An empty value is no value: Docker's --env-file and Compose pass a variable on that way when it is not
  // set.
  void Collect() {
    for (const EnvEntry& entry : input_.env_entries) {
      Warn(entry);
      if (entry.value.empty()) continue;
      given_[entry.variable] = {entry.value, Source::kFile,
                                fmt::format(" in {}:{}", input_.env_file, entry.line)};
    }
    for (const auto& [variable, value] : input_.environment) {
      if (!value.empty()) given_[variable] = {value, Source::kEnvironment, ""};
    }
    ReadSecrets();
  }

  void ReadSecrets() {
    std::map<std::string, Given> read;
    for (const auto& [variable, given] : given_) {
      const std::string name = SecretOfFile(variable);
      if (name.empty()) continue;
      if (given_.contains(name)) {
        Fail(fmt::format("{} and {} are both set: set one of them", name, variable));
        continue;
      }
      const auto secret = input_.read_secret(given.value);
      if (!secret) {
        Fail(fmt::format("{}: {}{}", variable, secret.error().message, given.where));
        continue;
      }
      read[name] = {*secret, Source::kSecretFile, fmt::format(" from {}", variable)};
      if (name.starts_with("AWS_")) loaded_.aws_secrets[name] = *secret;
    }
    given_.merge(read);
    std::erase_if(given_, [](const auto& entry) { return !SecretOfFile(entry.first).empty(); });
  }

  void Warn(const EnvEntry& entry) {
    const std::string_view name = entry.variable;
    if (FindSetting(name) || name.starts_with(kKafkaClientPrefix) || !SecretOfFile(name).empty()) return;
    if (name.starts_with("AWS_") || name.starts_with(kOtelPrefix)) return;  // OTEL_*: WarnOfOtel
    loaded_.warnings.push_back(
        fmt::format("{}:{}: ntsp knows no variable {}", input_.env_file, entry.line, name));
  }

  void Take(const Setting& setting) {
    const auto it = given_.find(std::string(setting.variable));
    const bool is_given = it != given_.end();
    const std::string value(is_given ? std::string_view(it->second.value) : setting.default_text);
    Show(setting.variable, value, is_given ? it->second.source : Source::kDefault);
    if (value.empty() || setting.parse(value, loaded_.config)) return;
    Fail(fmt::format("{}{}: must be {}", Assignment(setting.variable, value), it->second.where,
                     setting.allowed));
  }

  void TakeProperty(const std::string& variable, const Given& given) {
    Show(variable, given.value, given.source);
    if (auto checked = input_.check_property(variable, given.value); !checked) {
      return Fail(checked.error().message + given.where);
    }
    loaded_.config.kafka.properties[kafka::PropertyName(variable)] = given.value;
  }

  void Show(std::string_view variable, std::string_view value, Source source) {
    const bool hide = !value.empty() && IsSecret(variable);
    loaded_.effective.push_back({std::string(variable), hide ? "(hidden)" : MaskAddress(value), source});
  }

  static std::string Assignment(std::string_view variable, std::string_view value) {
    return fmt::format("{}={}", variable, IsSecret(variable) ? "(hidden)" : MaskAddress(value));
  }

  // Defaults that depend on other settings or on the machine.
  void FillIn() {
    Config& config = loaded_.config;
    if (config.dead_letter_topic.empty())
      Default("KAFKA_DEAD_LETTER_TOPIC", config.dead_letter_topic, config.raw_topic + "-dlq");
    if (config.instance_id.empty()) Default("INSTANCE_ID", config.instance_id, HostAsId());
    if (config.service_version.empty())
      Default("SERVICE_VERSION", config.service_version, std::string(Version()));
    if (config.normalize_workers == 0) {
      config.normalize_workers = std::clamp(input_.cores, 1u, 256u);
      ShowDefault("NORMALIZE_WORKERS", std::to_string(config.normalize_workers));
    }
    if (config.logfire_token.empty()) config.logfire_token = config.logfire_api_key;
    if (config.s3_endpoint.empty()) config.s3_endpoint = config.aws_endpoint;
    if (config.sns_endpoint.empty()) config.sns_endpoint = config.aws_endpoint;
    if (config.sts_endpoint.empty()) config.sts_endpoint = config.aws_endpoint;
    if (config.role_session_name.empty())
      Default("AWS_ROLE_SESSION_NAME", config.role_session_name,
              ("ntsp-" + config.instance_id).substr(0, 64));
    config.host_name = input_.host_name;
    config.kafka.client_id = "ntsp-" + config.instance_id;
  }

  void Default(std::string_view variable, std::string& member, std::string value) {
    member = std::move(value);
    ShowDefault(variable, member);
  }

  void ShowDefault(std::string_view variable, const std::string& value) {
    const auto it = std::find_if(loaded_.effective.begin(), loaded_.effective.end(),
                                 [&](const Effective& line) { return line.variable == variable; });
    it->value = value;
  }

  void ReadMapping() {
    Config& config = loaded_.config;
    if (config.mapping_file.empty()) return;
    auto mapping = input_.read_mapping(config.mapping_file);
    if (!mapping) return Fail("NTSP_MAPPING_FILE: " + std::move(mapping).error().message);
    config.mapping = *std::move(mapping);
  }

  std::string HostAsId() const {
    std::string id = input_.host_name.substr(0, 100);
    for (char& c : id) {
      if (!std::isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '_') c = '-';
    }
    return id.empty() ? "ntsp" : id;
  }

  // Half a key pair would silently fall through to the next provider of the chain.
  void CheckAwsKeys() {
    const bool id = given_.contains("AWS_ACCESS_KEY_ID");
    const bool secret = given_.contains("AWS_SECRET_ACCESS_KEY");
    if (id && !secret)
      Fail("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not: set both or neither");
    if (secret && !id)
      Fail("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both or neither");
  }

  void SettleAwsRole() {
    Config& config = loaded_.config;
    if (!config.web_identity_file.empty() && config.role_arn.empty())
      Fail("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not: set both or neither");
    if (config.web_identity_file.empty() && !config.role_arn.empty())
      loaded_.warnings.push_back("AWS_ROLE_ARN: has no effect without AWS_WEB_IDENTITY_TOKEN_FILE");
    // In all of AWS' programs given keys go first.
    if (!config.web_identity_file.empty() && given_.contains("AWS_ACCESS_KEY_ID")) {
      loaded_.warnings.push_back("AWS_WEB_IDENTITY_TOKEN_FILE: has no effect beside AWS_ACCESS_KEY_ID");
      config.web_identity_file.clear();
    }
  }

  // OpenTelemetry has many variables, and they are often set for all programs of a machine: better said than
  // found out.
  void WarnOfOtel() {
    for (const auto& [variable, given] : given_) {
      if (!variable.starts_with(kOtelPrefix) || FindSetting(variable)) continue;
      loaded_.warnings.push_back(
          fmt::format("{}: ntsp does not act on this variable of OpenTelemetry{}", variable, given.where));
    }
    const Config& config = loaded_.config;
    if (config.otlp_asked_for_protobuf) {
      loaded_.warnings.push_back(
          "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf: ntsp sends http/json, which receivers of http/protobuf "
          "take at the same address");
    }
    const bool other = !config.otlp_endpoint.empty() || !config.otlp_traces_endpoint.empty() ||
                       !config.otlp_metrics_endpoint.empty() || !config.otlp_logs_endpoint.empty();
    if (!config.logfire_token.empty() && other) {
      loaded_.warnings.push_back(
          "LOGFIRE_TOKEN and an OTEL_EXPORTER_OTLP_…ENDPOINT are both set: data goes to Logfire only");
    }
    if (config.logfire_token.empty() && !config.logfire_base_url.empty()) {
      loaded_.warnings.push_back("LOGFIRE_BASE_URL: has no effect without LOGFIRE_TOKEN");
    }
  }

  void Fail(std::string mistake) {
    if (!mistakes_.empty()) mistakes_ += '\n';
    mistakes_ += std::move(mistake);
  }

  const LoadInput& input_;
  std::map<std::string, Given> given_;
  Loaded loaded_;
  std::string mistakes_;
};

}  // namespace

Result<Loaded> LoadConfig(const LoadInput& input) {
  return Loader(input).Load();
}

}  // namespace ntsp::app
