#include "app/setting.h"

#include <algorithm>
#include <array>
#include <string>

#include "alert/notification.h"
#include "app/parse.h"
#include "base/secret.h"
#include "observe/http_server.h"
#include "observe/otlp_env.h"

namespace ntsp::app {
namespace {

using View = std::string_view;

// Parsers, made from the member that they fill.
template <auto kMember>
bool Text(View value, Config& config) {
  config.*kMember = std::string(value);
  return true;
}

template <auto kMember, bool (*kTest)(View)>
bool Tested(View value, Config& config) {
  return kTest(value) && Text<kMember>(value, config);
}

template <auto kMember, uint64_t kLeast, uint64_t kMost>
bool Whole(View value, Config& config) {
  const auto number = ParseWhole(value, kLeast, kMost);
  if (number) config.*kMember = *number;
  return number.has_value();
}

template <auto kMember, uint64_t kLeast, uint64_t kMost>
bool Bytes(View value, Config& config) {
  const auto bytes = ParseBytes(value, kLeast, kMost);
  if (bytes) config.*kMember = *bytes;
  return bytes.has_value();
}

template <auto kMember>
bool Flag(View value, Config& config) {
  const auto flag = ParseFlag(value);
  if (flag) config.*kMember = *flag;
  return flag.has_value();
}

template <typename T>
struct Named {
  View name;
  T value;
};

template <typename T, size_t N, typename Member>
bool Choose(View value, const Named<T> (&choices)[N], Member& member) {
  for (const auto& choice : choices) {
    if (choice.name != value) continue;
    member = choice.value;
    return true;
  }
  return false;
}

bool Bootstrap(View value, Config& config) {
  config.kafka.bootstrap_servers = std::string(value);
  return IsServerList(value);
}
bool Framings(View value, Config& config) {
  using enum publish::Framing;
  return Choose<publish::Framing>(value, {{"array", kArray}, {"lines", kLines}, {"record", kRecord}},
                                  config.framing);
}
bool Delivery(View value, Config& config) {
  return Choose<bool>(value, {{"exactly-once", true}, {"at-least-once", false}}, config.exactly_once);
}
bool ExtraFields(View value, Config& config) {
  return Choose<bool>(value, {{"keep", true}, {"drop", false}}, config.keep_extra);
}
bool NodeRecords(View value, Config& config) {
  return Choose<bool>(value, {{"always", false}, {"facts", true}}, config.node_facts_only);
}
bool LogLevel(View value, Config& config) {
  using enum log::Level;
  return Choose<log::Level>(value, {{"debug", kDebug}, {"info", kInfo}, {"warn", kWarn}, {"error", kError}},
                            config.log_level);
}
bool LogFormat(View value, Config& config) {
  return Choose<log::Format>(value, {{"json", log::Format::kJson}, {"text", log::Format::kText}},
                             config.log_format);
}
bool LogFile(View value, Config& config) {
  if (value != "stderr") config.log_file = std::string(value);
  return true;
}
template <auto kMember>
bool Exporter(View value, Config& config) {
  return Choose<bool>(value, {{"otlp", true}, {"none", false}}, config.*kMember);
}
bool OtlpCompression(View value, Config& config) {
  return Choose<bool>(value, {{"gzip", true}, {"none", false}}, config.otlp_gzip);
}
bool OtlpProtocol(View value, Config& config) {
  return Choose<bool>(value, {{"http/json", false}, {"http/protobuf", true}}, config.otlp_asked_for_protobuf);
}
// One that can be a header's value.
bool IsLine(View value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}
bool IsKeyValues(View value) {
  return observe::ParseKeyValues(value).has_value();
}
bool HttpListen(View value, Config& config) {
  if (value == "off") return true;
  config.http_listen = std::string(value);
  return observe::ParseHttpEndpoint(value).has_value();
}
bool AddressingStyle(View value, Config& config) {
  return Choose<bool>(value, {{"auto", false}, {"virtual", true}}, config.s3_virtual_host);
}
bool StuckAfter(View value, Config& config) {
  const auto seconds = ParseWhole(value, 0, 86'400);
  if (!seconds || (*seconds > 0 && *seconds < 10)) return false;
  config.stuck_after_s = *seconds;
  return true;
}
bool Prefix(View value, Config& config) {
  const size_t first = std::min(value.find_first_not_of('/'), value.size());
  config.prefix = std::string(value.substr(first, value.find_last_not_of('/') + 1 - first));
  return true;
}
// Read from the environment by the AWS SDK itself.
bool PassedOn(View, Config&) {
  return true;
}

using C = Config;
constexpr View kTopic = "1 to 249 letters, digits, dots, '_' or '-'";
constexpr View kUrl = "an address that begins with http:// or https://";
constexpr View kYesNo = "true or false";
constexpr View kAny = "any text";
constexpr View kPairs = "name=value, several with commas between them; percent-encoded where need be";
constexpr View kExporters = "otlp or none";
constexpr bool kSecret = true;

constexpr auto kSettings = std::to_array<Setting>({
    {"KAFKA_BOOTSTRAP_SERVERS", "localhost:9092", "", "host:port, several with commas between them",
     "brokers to ask for the others", Bootstrap},
    {"KAFKA_AWS_MSK_IAM", "false", "", kYesNo,
     "login to Amazon MSK by IAM, with the AWS credentials: SASL_SSL and OAUTHBEARER without further "
     "settings",
     Flag<&C::msk_iam>},
    {"KAFKA_AWS_MSK_IAM_TOKEN_S", "900", "", "a whole number of seconds from 10 to 900",
     "how long a login token is good for; a new one is made in time", Whole<&C::msk_token_s, 10, 900>},
    {"KAFKA_RAW_TOPIC", "network-data", "", kTopic, "telemetry to read; never created by ntsp",
     Tested<&C::raw_topic, IsTopicName>},
    {"KAFKA_NODE_TOPIC", "node-data", "", kTopic, "where node records go",
     Tested<&C::node_topic, IsTopicName>},
    {"KAFKA_INTERFACE_TOPIC", "interface-data", "", kTopic, "where interface records go",
     Tested<&C::interface_topic, IsTopicName>},
    {"KAFKA_ADDRESS_TOPIC", "address-data", "", kTopic, "where address records go",
     Tested<&C::address_topic, IsTopicName>},
    {"KAFKA_DEAD_LETTER_TOPIC", "", "the raw topic's name with -dlq behind it", kTopic,
     "where messages go that could not be processed", Tested<&C::dead_letter_topic, IsTopicName>},
    {"KAFKA_CONSUMER_GROUP", "telemetry-processor", "", kTopic,
     "consumer group; the archive's has -archive behind it", Tested<&C::consumer_group, IsTopicName>},
    {"KAFKA_MAX_MESSAGE_BYTES", "1000000", "", "a number of bytes from 10000 to 104857600",
     "largest message to write, before compression; the topics' max.message.bytes must be at least this",
     Bytes<&C::max_message_bytes, 10'000, 104'857'600>},
    {"KAFKA_OUTPUT_FRAMING", "array", "", "array, lines or record",
     "value of a message: a JSON array of records, one record a line, or one record", Framings},
    {"DELIVERY", "exactly-once", "", "exactly-once or at-least-once",
     "exactly-once needs a broker with transactions", Delivery},
    {"EXTRA_FIELDS", "keep", "", "keep or drop", "leaves that have no column: kept in `extra`, or dropped",
     ExtraFields},
    {"NODE_RECORDS", "always", "", "always or facts",
     "a node record for each node of a message, or only for those with a fact to tell", NodeRecords},
    {"NTSP_MAPPING_FILE", "", "none", "the name of a file as docs/mapping.md describes it",
     "paths and leaves of your own, for the columns that there are", Text<&C::mapping_file>},
    {"KAFKA_CREATE_TOPICS", "true", "", kYesNo,
     "create missing topics (never the raw one): partitions like the raw topic's, retention 7 days",
     Flag<&C::create_topics>},
    {"INSTANCE_ID", "", "the host name", "1 to 100 letters, digits, dots, '_' or '-'",
     "name of this replica: the same after a restart, and different from every other's",
     Tested<&C::instance_id, IsInstanceId>},
    {"NORMALIZE_WORKERS", "", "number of cores", "a whole number from 1 to 256", "threads that normalize",
     Whole<&C::normalize_workers, 1, 256>},
    {"ARCHIVE_WORKERS", "1", "", "a whole number from 1 to 64", "threads that archive",
     Whole<&C::archive_workers, 1, 64>},
    {"COMMIT_INTERVAL_MS", "250", "", "a whole number from 10 to 10000",
     "how long a transaction stays open: the delay of records for read_committed readers",
     Whole<&C::commit_interval_ms, 10, 10'000>},
    {"STUCK_AFTER_S", "120", "", "a whole number of seconds, 0 or 10 to 86400",
     "a partition with messages to read that stands still so long is stuck: its worker joins the group anew, "
     "and if that does not help the process ends; 0: off",
     StuckAfter},
    {"MEMORY_LIMIT_MB", "512", "", "a whole number of MiB from 128 to 1048576",
     "memory that the process may use: queues and open files are cut to it",
     Whole<&C::memory_limit_mb, 128, 1'048'576>},
    {"S3_EXPORT_ENABLED", "", "true if AWS_S3_BUCKET or ARCHIVE_URI is set", kYesNo,
     "whether to archive to Parquet", Flag<&C::archive_asked>},
    {"AWS_S3_BUCKET", "", "none", "a bucket's name, without s3://", "bucket for the Parquet files",
     Tested<&C::bucket, IsBucketName>},
    {"S3_PREFIX", "processed", "", kAny, "prefix of the object keys; / for none", Prefix},
    {"ARCHIVE_URI", "", "none", "s3://bucket/prefix or file:///directory",
     "instead of AWS_S3_BUCKET and S3_PREFIX", Tested<&C::archive_uri, IsArchiveUri>},
    {"ARCHIVE_MAX_BYTES", "67108864", "",
     "a number of bytes from 1024 to 4294967296 (KiB, MiB, GiB are understood)",
     "a Parquet file is finished when it has this size", Bytes<&C::archive_max_bytes, 1024, 4'294'967'296>},
    {"ARCHIVE_MAX_AGE_S", "300", "", "a whole number of seconds from 1 to 86400",
     "a Parquet file is finished when it has been open this long", Whole<&C::archive_max_age_s, 1, 86'400>},
    {"AWS_REGION", "", "as the AWS SDK finds it", kAny, "region of bucket and credentials",
     Text<&C::aws_region>},
    {"AWS_ACCESS_KEY_ID", "", "the AWS credential chain", kAny, "static key; better a profile or a role",
     PassedOn, kSecret},
    {"AWS_SECRET_ACCESS_KEY", "", "the AWS credential chain", kAny, "secret of the static key", PassedOn,
     kSecret},
    {"AWS_SESSION_TOKEN", "", "none", kAny, "token of temporary keys", PassedOn, kSecret},
    {"AWS_PROFILE", "", "default", kAny, "profile of the shared AWS configuration files", PassedOn},
    {"AWS_WEB_IDENTITY_TOKEN_FILE", "", "none", "a file's name",
     "token for AWS_ROLE_ARN, as Kubernetes mounts it; goes before profiles", Text<&C::web_identity_file>},
    {"AWS_ROLE_ARN", "", "none", "arn:aws:iam::ACCOUNT:role/NAME", "role whose keys that token gives",
     Text<&C::role_arn>},
    {"AWS_ROLE_SESSION_NAME", "", "ntsp- and INSTANCE_ID", "2 to 64 letters, digits or marks out of +=,.@_-",
     "name of that role's session in AWS' logs", Tested<&C::role_session_name, IsSessionName>},
    {"AWS_ENDPOINT_URL", "", "AWS", kUrl, "another endpoint for S3, SNS and STS",
     Tested<&C::aws_endpoint, IsHttpUrl>},
    {"AWS_ENDPOINT_URL_S3", "", "AWS_ENDPOINT_URL", kUrl, "another endpoint for S3 (MinIO, …)",
     Tested<&C::s3_endpoint, IsHttpUrl>},
    {"AWS_ENDPOINT_URL_SNS", "", "AWS_ENDPOINT_URL", kUrl, "another endpoint for SNS",
     Tested<&C::sns_endpoint, IsHttpUrl>},
    {"AWS_ENDPOINT_URL_STS", "", "AWS_ENDPOINT_URL", kUrl, "another endpoint for STS",
     Tested<&C::sts_endpoint, IsHttpUrl>},
    {"AWS_CA_BUNDLE", "", "the system's", "a file's name", "certificates (PEM) to trust for S3, SNS and STS",
     Text<&C::aws_ca_bundle>},
    {"S3_ADDRESSING_STYLE", "auto", "", "auto or virtual",
     "virtual: the bucket stands in the host name; auto: only at AWS, else in the path", AddressingStyle},
    {"AWS_SNS_TOPIC_ARN", "", "none: alerts are only logged", "arn:aws:sns:REGION:ACCOUNT:NAME",
     "where alerts go", Tested<&C::sns_topic_arn, IsSnsTopicArn>},
    {"ALERT_WINDOW_S", "60", "", "a whole number of seconds from 1 to 86400",
     "after the first alert of a kind, one summary each window", Whole<&C::alert_window_s, 1, 86'400>},
    {"ALERT_MAX_PER_HOUR", "60", "", "a whole number from 0 to 100000",
     "most notifications an hour, a quarter of them kept for critical ones; further ones are only logged; 0: "
     "no limit",
     Whole<&C::alert_max_per_hour, 0, 100'000>},
    {"ALERT_ON_INTERFACE_DOWN", "false", "", kYesNo,
     "alert when an interface that was up goes down and stays so", Flag<&C::alert_on_interface_down>},
    {"ALERT_INTERFACE_DOWN_S", "30", "", "a whole number of seconds from 0 to 86400",
     "how long it has to stay down, or up again, before it counts",
     Whole<&C::alert_interface_down_s, 0, 86'400>},
    {"ALERT_NODE_SILENT_INTERVALS", "0", "", "a whole number from 0 to 1000",
     "alert when a node has been silent for so many times its usual interval (10 is a good one); 0: off",
     Whole<&C::alert_node_silent_intervals, 0, 1000>},
    {"DOCS_URL", alert::kDocs, "", kAny, "where the documents are, for the links in alerts",
     Text<&C::docs_url>},
    {"LOGFIRE_TOKEN", "", "none", "letters, digits and marks without blanks",
     "write token of Logfire; all that is needed to send logs, spans and metrics there",
     Tested<&C::logfire_token, IsLine>, kSecret},
    {"LOGFIRE_API_KEY", "", "none", "letters, digits and marks without blanks",
     "another name for LOGFIRE_TOKEN", Tested<&C::logfire_api_key, IsLine>, kSecret},
    {"LOGFIRE_BASE_URL", "", "as the token says", kUrl, "Logfire's address",
     Tested<&C::logfire_base_url, IsHttpUrl>},
    {"OTEL_EXPORTER_OTLP_ENDPOINT", "", "none: nothing is sent, unless there is a Logfire token", kUrl,
     "any other OTLP/HTTP receiver; /v1/logs, /v1/traces and /v1/metrics are put behind it",
     Tested<&C::otlp_endpoint, IsHttpUrl>},
    {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "", "by OTEL_EXPORTER_OTLP_ENDPOINT", kUrl,
     "whole address for spans", Tested<&C::otlp_traces_endpoint, IsHttpUrl>},
    {"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "", "by OTEL_EXPORTER_OTLP_ENDPOINT", kUrl,
     "whole address for metrics", Tested<&C::otlp_metrics_endpoint, IsHttpUrl>},
    {"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "", "by OTEL_EXPORTER_OTLP_ENDPOINT", kUrl, "whole address for logs",
     Tested<&C::otlp_logs_endpoint, IsHttpUrl>},
    {"OTEL_EXPORTER_OTLP_HEADERS", "", "none", kPairs, "headers for that receiver: its token",
     Tested<&C::otlp_headers, IsKeyValues>, kSecret},
    {"OTEL_EXPORTER_OTLP_TIMEOUT", "10000", "", "a whole number of ms from 100 to 600000",
     "how long to wait for the receiver's answer", Whole<&C::otlp_timeout_ms, 100, 600'000>},
    {"OTEL_EXPORTER_OTLP_CERTIFICATE", "", "the system's", "a file's name",
     "certificates (PEM) to trust for that receiver", Text<&C::otlp_certificate>},
    {"OTEL_EXPORTER_OTLP_COMPRESSION", "gzip", "", "gzip or none",
     "gzip is given up when the receiver does not take it", OtlpCompression},
    {"OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "",
     "http/json (or http/protobuf, for which JSON is sent too; not grpc)", "form of the requests",
     OtlpProtocol},
    {"OTEL_TRACES_EXPORTER", "otlp", "", kExporters, "whether to send spans", Exporter<&C::otel_traces>},
    {"OTEL_METRICS_EXPORTER", "otlp", "", kExporters, "whether to send metrics", Exporter<&C::otel_metrics>},
    {"OTEL_LOGS_EXPORTER", "otlp", "", kExporters, "whether to send logs", Exporter<&C::otel_logs>},
    {"OTEL_METRIC_EXPORT_INTERVAL", "60000", "", "a whole number of ms from 1000 to 3600000",
     "time between two exports of the metrics", Whole<&C::otel_metric_interval_ms, 1000, 3'600'000>},
    {"OTEL_SERVICE_NAME", "", "SERVICE_NAME", kAny, "name in what is sent", Text<&C::otel_service_name>},
    {"OTEL_RESOURCE_ATTRIBUTES", "", "none", kPairs,
     "more attributes of the sender (deployment.environment.name=prod)",
     Tested<&C::otel_resource_attributes, IsKeyValues>},
    {"OTEL_SDK_DISABLED", "false", "", kYesNo, "true: nothing is sent, whatever else is set",
     Flag<&C::otel_disabled>},
    {"LOG_LEVEL", "info", "", "debug, info, warn or error", "least important lines to log", LogLevel},
    {"LOG_FILE", "stderr", "", "a file's name, or stderr", "where the log goes", LogFile},
    {"LOG_FORMAT", "", "text if stderr is a terminal, else json", "json or text", "form of the log's lines",
     LogFormat},
    {"HTTP_LISTEN", "127.0.0.1:8080", "", "host:port, or off", "address of status page, health and metrics",
     HttpListen},
    {"SERVICE_NAME", "network-telemetry-processor", "", kAny, "name in logs and alerts",
     Text<&C::service_name>},
    {"SERVICE_VERSION", "", "this build's version", kAny, "version in logs", Text<&C::service_version>},
});

}  // namespace

std::span<const Setting> Settings() {
  return kSettings;
}

const Setting* FindSetting(View variable) {
  const auto it = std::find_if(kSettings.begin(), kSettings.end(),
                               [&](const Setting& setting) { return setting.variable == variable; });
  return it == kSettings.end() ? nullptr : &*it;
}

bool IsSecret(View variable) {
  if (const Setting* setting = FindSetting(variable)) return setting->secret;
  return IsSecretName(variable);
}

}  // namespace ntsp::app
