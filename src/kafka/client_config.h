// Settings of every Kafka client of the program: checked once at start, then turned into librdkafka
// configurations.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "kafka/access_token.h"

namespace ntsp::kafka {

struct ClientConfig {
  std::string bootstrap_servers = "localhost:9092";
  std::string client_id = "ntsp";
  // librdkafka property → value, from KAFKA_CLIENT_<KEY>; may hold secrets: never logged.
  std::map<std::string, std::string> properties;
  TokenSource tokens;  // for SASL OAUTHBEARER; empty: as the properties say
};

// "KAFKA_CLIENT_SECURITY_PROTOCOL" → "security.protocol". REQUIRES: starts with KAFKA_CLIENT_.
std::string PropertyName(const std::string& variable);

// "security.protocol" → "KAFKA_CLIENT_SECURITY_PROTOCOL".
std::string VariableName(const std::string& property);

// kStop, naming the variable, if librdkafka does not know the property, does not take the value, or if the
// property is one that would break a promise (isolation.level, enable.auto.commit, transactional.id, …).
Result<void> CheckProperty(const std::string& variable, const std::string& value);

// The library's version, and kStop if it is older than 2.3.
Result<std::string> LibraryVersion();

}  // namespace ntsp::kafka
