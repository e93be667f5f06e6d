// The program's configuration: what the table of settings (setting.h) is parsed into. Filled once at start,
// checked as a whole, and passed on as const.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/env_file.h"
#include "base/log.h"
#include "base/result.h"
#include "kafka/client_config.h"
#include "publish/options.h"

namespace ntsp::app {

struct Config {
  kafka::ClientConfig kafka;
  std::string raw_topic;
  std::string node_topic;
  std::string interface_topic;
  std::string address_topic;
  std::string dead_letter_topic;
  std::string consumer_group;
  uint64_t max_message_bytes = 0;
  publish::Framing framing = publish::Framing::kArray;
  bool exactly_once = true;
  bool keep_extra = true;
  bool node_facts_only = false;
  bool create_topics = true;

  std::string instance_id;
  uint64_t normalize_workers = 0;
  uint64_t archive_workers = 0;
  uint64_t commit_interval_ms = 0;
  uint64_t memory_limit_mb = 0;

  std::optional<bool> archive_asked;  // S3_EXPORT_ENABLED as given
  std::string bucket;
  std::string prefix;
  std::string archive_uri;  // where the archive goes; empty: nowhere
  uint64_t archive_max_bytes = 0;
  uint64_t archive_max_age_s = 0;

  std::string aws_region;
  std::string aws_endpoint;
  std::string s3_endpoint;
  std::string sns_endpoint;
  std::string sns_topic_arn;
  uint64_t alert_window_s = 0;
  bool alert_on_interface_down = false;

  std::string logfire_token;
  std::string logfire_api_key;  // another name for the token
  std::string logfire_base_url;
  std::string otlp_endpoint;
  std::string otlp_headers;

  log::Level log_level = log::Level::kInfo;
  std::string log_file;                   // empty: stderr
  std::optional<log::Format> log_format;  // absent: text on a terminal
  std::string http_listen;                // host:port; empty: no HTTP server
  std::string service_name;
  std::string service_version;

  bool archive_enabled() const { return !archive_uri.empty(); }
};

enum class Source { kDefault, kFile, kEnvironment };

// One line of `ntsp config`.
struct Effective {
  std::string variable;
  std::string value;  // "(hidden)" if secret
  Source source = Source::kDefault;
};

using Environment = std::map<std::string, std::string>;

struct LoadInput {
  Environment environment;
  std::string env_file;               // for messages; empty: none
  std::vector<EnvEntry> env_entries;  // of that file
  std::string host_name;              // default of INSTANCE_ID
  unsigned cores = 1;                 // default of NORMALIZE_WORKERS
  // Is this KAFKA_CLIENT_* known, and the value allowed? (kafka::CheckProperty)
  std::function<Result<void>(const std::string& variable, const std::string& value)> check_property;
};

struct Loaded {
  Config config;
  std::vector<Effective> effective;   // in the order of the table, then KAFKA_CLIENT_*
  std::vector<std::string> warnings;  // variables of the file that nothing reads: probably misspelt
};

// Pure. The environment wins over the file, the file over the defaults; an empty value is the default. kStop
// with all mistakes, one a line: variable, value (hidden if secret), what is allowed.
Result<Loaded> LoadConfig(const LoadInput& input);

}  // namespace ntsp::app
