#include "kafka/client_config.h"

#include <array>
#include <cctype>
#include <string_view>

#include "base/secret.h"
#include "kafka/handles.h"
#include "kafka/property_rules.h"

namespace ntsp::kafka {
namespace {

constexpr std::string_view kPrefix = "KAFKA_CLIENT_";

// Older ones lose or repeat messages, or end with a fatal error after a short outage (librdkafka's #4438).
constexpr int kOldestVersion = 0x020300ff;

std::string Named(const std::string& variable, const std::string& property, const std::string& value) {
  return variable + "=" + (IsSecret(property) ? "(hidden)" : MaskAddress(value));
}

}  // namespace

std::string PropertyName(const std::string& variable) {
  std::string name = variable.substr(kPrefix.size());
  for (char& c : name) c = c == '_' ? '.' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

std::string VariableName(const std::string& property) {
  std::string name(kPrefix);
  for (const char c : property) {
    name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

Result<void> CheckProperty(const std::string& variable, const std::string& value) {
  const std::string property = PropertyName(variable);
  const std::string refused = WhyRefused(property, value);
  if (!refused.empty()) {
    return Stop(Named(variable, property, value) + " (librdkafka's " + property + "): " + refused + ".");
  }
  const ConfHandle scratch(rd_kafka_conf_new());
  std::array<char, 512> error{};
  switch (rd_kafka_conf_set(scratch.get(), property.c_str(), value.c_str(), error.data(), error.size())) {
    case RD_KAFKA_CONF_OK:
      return {};
    case RD_KAFKA_CONF_UNKNOWN:
      return Stop(variable + " is not a setting: librdkafka has no property \"" + property +
                  "\". Remove it or correct its name; librdkafka's CONFIGURATION.md lists them all.");
    case RD_KAFKA_CONF_INVALID:
      return Stop(Named(variable, property, value) + " is refused by librdkafka" +
                  (IsSecret(property) ? "." : ": " + MaskUrls(error.data()) + "."));
  }
  return Stop(variable + ": librdkafka answers in a way that ntsp does not know.");
}

Result<std::string> LibraryVersion() {
  const std::string version = rd_kafka_version_str();
  if (rd_kafka_version() >= kOldestVersion) return version;
  return Stop("librdkafka " + version + " is too old for exactly-once delivery: install 2.3 or newer.");
}

}  // namespace ntsp::kafka
