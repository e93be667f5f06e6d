#include "kafka/client.h"

#include <unistd.h>

#include <array>
#include <cstring>

#include "base/log.h"
#include "kafka/socket.h"

namespace ntsp::kafka {
namespace {

constexpr size_t kErrorSize = 512;
constexpr const char* kInterval = "statistics.interval.ms";
constexpr const char* kStatisticsMillis = "5000";

Result<void> Set(rd_kafka_conf_t* conf, const char* property, const std::string& value) {
  std::array<char, kErrorSize> error{};
  if (rd_kafka_conf_set(conf, property, value.c_str(), error.data(), error.size()) == RD_KAFKA_CONF_OK)
    return {};
  return Stop("The Kafka client's property " + std::string(property) + " is not taken: " + error.data());
}

// librdkafka has syslog's levels. Its warnings of properties that are for another kind of client mean nothing
// here: all kinds are given the same ones.
log::Level LevelOf(int syslog_level, const char* facility) {
  if (std::strcmp(facility, "CONFWARN") == 0) return log::Level::kDebug;
  if (syslog_level <= 2) return log::Level::kError;
  // Its "errors" are troubles of one connection or request, which it works on by itself.
  if (syslog_level <= 4) return log::Level::kWarn;
  if (syslog_level <= 6) return log::Level::kInfo;
  return log::Level::kDebug;
}

// How much an error explains: a refused password is the cause of what follows it, "all brokers down" never
// is.
int Weight(rd_kafka_resp_err_t code) {
  switch (static_cast<int>(code)) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return 0;
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
      return 1;
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__SSL:
      return 3;
    default:
      return 2;
  }
}

}  // namespace

Result<ConfHandle> MakeConf(const ClientConfig& config, const Properties& defaults, const Properties& fixed) {
  ConfHandle conf(rd_kafka_conf_new());
  for (const auto& [property, value] :
       {std::pair<const char*, std::string>{"bootstrap.servers", config.bootstrap_servers},
        {"client.id", config.client_id},
        {"socket.timeout.ms", "30000"},
        {"socket.keepalive.enable", "true"},
        {"reconnect.backoff.max.ms", "2000"},
        {"allow.auto.create.topics", "false"},
        // How long a topic that nobody knows is taken for one that was made just now.
        {"topic.metadata.propagation.max.ms", "5000"},
        {kInterval, "0"}}) {
    NTSP_TRY(Set(conf.get(), property, value));
  }
  for (const auto& [property, value] : defaults) NTSP_TRY(Set(conf.get(), property, value));
  for (const auto& [property, value] : config.properties) NTSP_TRY(Set(conf.get(), property.c_str(), value));
  for (const auto& [property, value] : fixed) NTSP_TRY(Set(conf.get(), property, value));
  return conf;
}

Result<void> Client::Start(rd_kafka_type_t type, ConfHandle conf) {
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_log_cb(conf.get(), OnLog);
  rd_kafka_conf_set_error_cb(conf.get(), OnError);
  rd_kafka_conf_set_socket_cb(conf.get(), OnSocket);
  rd_kafka_conf_set_closesocket_cb(conf.get(), OnCloseSocket);
  std::array<char, kErrorSize> error{};
  handle_.reset(rd_kafka_new(type, conf.get(), error.data(), error.size()));
  if (!handle_)
    return Stop("The Kafka client does not start with these settings: " + std::string(error.data()));
  (void)conf.release();  // librdkafka's, now that it has taken it
  return {};
}

Result<void> Client::ListenToStatistics(rd_kafka_conf_t* conf, StatisticsListener listener) {
  if (!listener) return {};
  on_statistics_ = std::move(listener);
  rd_kafka_conf_set_stats_cb(conf, OnStatistics);
  std::array<char, 16> interval{};
  size_t size = interval.size();
  const bool asked = rd_kafka_conf_get(conf, kInterval, interval.data(), &size) == RD_KAFKA_CONF_OK &&
                     std::strcmp(interval.data(), "0") != 0;
  return asked ? Result<void>() : Set(conf, kInterval, kStatisticsMillis);
}

int Client::OnStatistics(rd_kafka_t*, char* json, size_t size, void* opaque) {
  if (const auto found = ParseStatistics({json, size})) static_cast<Client*>(opaque)->on_statistics_(*found);
  return 0;  // librdkafka frees the text
}

std::pair<rd_kafka_resp_err_t, std::string> Client::TakeTrouble() {
  const std::lock_guard lock(mutex_);
  return {std::exchange(trouble_, RD_KAFKA_RESP_ERR_NO_ERROR), std::exchange(trouble_text_, "")};
}

void Client::NoteTrouble(rd_kafka_resp_err_t code, const char* reason) {
  const std::lock_guard lock(mutex_);
  if (Weight(code) < Weight(trouble_)) return;
  trouble_ = code;
  trouble_text_ = reason;
}

void Client::OnLog(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
  log::Write(LevelOf(level, facility), "kafka-client", text,
             {{"client", rd_kafka_name(handle)}, {"facility", facility}});
}

void Client::OnError(rd_kafka_t* handle, int code, const char* reason, void* opaque) {
  const auto error = static_cast<rd_kafka_resp_err_t>(code);
  // The others have their line in librdkafka's log already.
  if (error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
    log::Error("kafka-brokers-down", reason, {{"client", rd_kafka_name(handle)}});
  }
  static_cast<Client*>(opaque)->NoteTrouble(error, reason);
}

int Client::OnSocket(int domain, int type, int protocol, void*) {
  return OpenSocket(domain, type, protocol);
}

int Client::OnCloseSocket(int socket, void* opaque) {
  static_cast<Client*>(opaque)->connections_lost_.fetch_add(1);
  return ::close(socket);
}

}  // namespace ntsp::kafka
