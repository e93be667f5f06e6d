// The program's configuration: what the table of settings (setting.h) is parsed into. Filled once at start,
// checked as a whole, and passed on as const.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/env_file.h"
#include "app/secret_file.h"
#include "base/log.h"
#include "base/result.h"
#include "kafka/client_config.h"
#include "normalize/mapping_file.h"
#include "publish/options.h"

namespace ntsp::app {

struct Config {
  kafka::ClientConfig kafka;
  bool msk_iam = false;
  uint64_t msk_token_s = 0;
  std::string msk_region;  // of the cluster; empty without msk_iam
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
  std::string mapping_file;                           // empty: none
  std::shared_ptr<const normalize::Mapping> mapping;  // what stands in it; null: none

  std::string instance_id;
  std::string host_name;
  uint64_t normalize_workers = 0;
  uint64_t archive_workers = 0;
  uint64_t commit_interval_ms = 0;
  uint64_t stuck_after_s = 0;  // 0: partitions are never stuck
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
  bool s3_virtual_host = false;
  std::string aws_ca_bundle;  // empty: the system's
  std::string sns_endpoint;
  std::string sts_endpoint;
  std::string web_identity_file;  // empty: no role by it
  std::string role_arn;
  std::string role_session_name;
  std::string sns_topic_arn;
  uint64_t alert_window_s = 0;
  uint64_t alert_max_per_hour = 0;  // 0: no limit
  std::string docs_url;
  bool alert_on_interface_down = false;
  uint64_t alert_interface_down_s = 0;
  uint64_t alert_node_silent_intervals = 0;  // 0: off

  std::string logfire_token;
  std::string logfire_api_key;  // another name for the token
  std::string logfire_base_url;
  std::string otlp_endpoint;
  std::string otlp_traces_endpoint;
  std::string otlp_metrics_endpoint;
  std::string otlp_logs_endpoint;
  std::string otlp_headers;
  uint64_t otlp_timeout_ms = 0;
  std::string otlp_certificate;
  bool otlp_gzip = true;
  bool otlp_asked_for_protobuf = false;
  std::string otel_service_name;
  std::string otel_resource_attributes;
  bool otel_disabled = false;
  bool otel_traces = true;
  bool otel_metrics = true;
  bool otel_logs = true;
  uint64_t otel_metric_interval_ms = 0;

  log::Level log_level = log::Level::kInfo;
  std::string log_file;                   // empty: stderr
  std::optional<log::Format> log_format;  // absent: text on a terminal
  std::string http_listen;                // host:port; empty: no HTTP server
  std::string service_name;
  std::string service_version;

  bool archive_enabled() const { return !archive_uri.empty(); }
};

enum class Source { kDefault, kFile, kEnvironment, kSecretFile };

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
  // What the file of NTSP_MAPPING_FILE says (normalize::Mapping::Read).
  std::function<Result<std::shared_ptr<const normalize::Mapping>>(const std::string& file)> read_mapping =
      normalize::Mapping::Read;
  // What the file of <NAME>_FILE holds (ReadSecretFile).
  std::function<Result<std::string>(const std::string& file)> read_secret = ReadSecretFile;
  // Is this KAFKA_CLIENT_* known, and the value allowed? (kafka::CheckProperty)
  std::function<Result<void>(const std::string& variable, const std::string& value)> check_property;
};

struct Loaded {
  Config config;
  std::vector<Effective> effective;   // in the order of the table, then KAFKA_CLIENT_*
  std::vector<std::string> warnings;  // variables of the file that nothing reads: probably misspelt
  Environment aws_secrets;            // AWS_* that came from secret files: for the AWS SDK
};

// Pure but for read_mapping and read_secret. The environment wins over the file, the file over the defaults;
// an empty value is the default. kStop with all mistakes, one a line: variable, value (hidden if secret),
// what is allowed; for a mapping file FILE:LINE instead.
Result<Loaded> LoadConfig(const LoadInput& input);

}  // namespace ntsp::app
