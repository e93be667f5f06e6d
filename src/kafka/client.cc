#include "kafka/client.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "base/log.h"
#include "base/secret.h"
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

// Empty if librdkafka has no such property.
std::string Value(const rd_kafka_conf_t* conf, const char* property) {
  std::array<char, 256> value{};
  size_t size = value.size();
  if (rd_kafka_conf_get(conf, property, value.data(), &size) != RD_KAFKA_CONF_OK) return "";
  return value.data();
}

Security SecurityOf(const rd_kafka_conf_t* conf) {
  const std::string protocol = Value(conf, "security.protocol");
  return {.tls = protocol.ends_with("ssl"),
          .sasl = protocol.starts_with("sasl"),
          .mechanism = Value(conf, "sasl.mechanisms")};
}

// librdkafka names properties, people have variables: "ssl.ca.location failed" is about
// KAFKA_CLIENT_SSL_CA_LOCATION.
std::string VariableIn(const std::string& text) {
  for (size_t from = 0; from < text.size();) {
    size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz.", from);
    end = std::min(end, text.size());
    const std::string word = text.substr(from, end - from);
    if (word.starts_with("ssl.") || word.starts_with("sasl.")) return VariableName(word);
    from = end + 1;
  }
  return "";
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

Result<void> Client::Start(rd_kafka_type_t type, ConfHandle conf, TokenSource tokens) {
  security_ = SecurityOf(conf.get());
  tokens_ = std::move(tokens);
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_log_cb(conf.get(), OnLog);
  rd_kafka_conf_set_error_cb(conf.get(), OnError);
  rd_kafka_conf_set_socket_cb(conf.get(), OnSocket);
  rd_kafka_conf_set_closesocket_cb(conf.get(), OnCloseSocket);
  (void)rd_kafka_conf_set_ssl_cert_verify_cb(conf.get(), OnCertificate);
  if (tokens_) {
    rd_kafka_conf_set_oauthbearer_token_refresh_cb(conf.get(), OnTokenRefresh);
    rd_kafka_conf_enable_sasl_queue(conf.get(), 1);
  }
  NTSP_TRY(Create(type, std::move(conf)));
  if (!tokens_) return {};
  const ErrorHandle error(rd_kafka_sasl_background_callbacks_enable(handle_.get()));
  if (!error) return {};
  return Stop("The Kafka client cannot ask for tokens: " + std::string(rd_kafka_error_string(error.get())));
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

Result<void> Client::Create(rd_kafka_type_t type, ConfHandle conf) {
  std::array<char, kErrorSize> error{};
  handle_.reset(rd_kafka_new(type, conf.get(), error.data(), error.size()));
  if (handle_) {
    (void)conf.release();  // librdkafka's, now that it has taken it
    return {};
  }
  const std::string variable = VariableIn(error.data());
  return Stop("The Kafka client does not start with these settings: " + MaskUrls(error.data()) +
              (variable.empty() ? "" : ". Check " + variable + "."));
}

Trouble Client::TakeTrouble() {
  const std::lock_guard lock(mutex_);
  return std::exchange(trouble_, {});
}

Trouble Client::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

std::optional<Error> Client::TakeRefusal(const std::string& what) {
  if (!IsRefusal(trouble().code)) return std::nullopt;
  const Trouble taken = TakeTrouble();
  return Error{ErrorKind::kRetry, what + " failed: " + taken.text + " (" + rd_kafka_err2name(taken.code) +
                                      "). " + Explained(taken)};
}

void Client::NoteTrouble(rd_kafka_resp_err_t code, const char* reason) {
  const std::lock_guard lock(mutex_);
  if (Weight(code) < Weight(trouble_.code)) return;
  trouble_.code = code;
  trouble_.text = MaskUrls(reason);
}

void Client::OnLog(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
  // The address of a token's endpoint may hold a password, and is in what librdkafka says of its failures.
  log::Write(LevelOf(level, facility), "kafka-client", MaskUrls(text),
             {{"client", rd_kafka_name(handle)}, {"facility", facility}});
  // A broker that hangs up is only logged, but the words tell why. librdkafka logs before the opaque is
  // there.
  auto* const client = static_cast<Client*>(rd_kafka_opaque(handle));
  if (client != nullptr && std::strcmp(facility, "FAIL") == 0) {
    client->NoteTrouble(RD_KAFKA_RESP_ERR__TRANSPORT, text);
  }
}

void Client::OnError(rd_kafka_t* handle, int code, const char* reason, void* opaque) {
  const auto error = static_cast<rd_kafka_resp_err_t>(code);
  // The others have their line in librdkafka's log already.
  if (error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
    log::Warn("kafka-brokers-down", MaskUrls(reason), {{"client", rd_kafka_name(handle)}});
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

// Decides as OpenSSL did; only here can it be told what is wrong with a certificate.
// NOLINTNEXTLINE(readability-non-const-parameter): librdkafka's signature.
int Client::OnCertificate(rd_kafka_t*, const char* broker, int32_t, int* x509_error, int, const char*, size_t,
                          char* error, size_t error_size, void* opaque) {
  if (*x509_error == 0) return 1;
  auto* const client = static_cast<Client*>(opaque);
  const std::lock_guard lock(client->mutex_);
  client->trouble_.certificate = ExplainCertificate(*x509_error, broker);
  std::snprintf(error, error_size, "%s", client->trouble_.certificate.c_str());
  return 0;
}

void Client::OnTokenRefresh(rd_kafka_t* handle, const char*, void* opaque) {
  auto* const client = static_cast<Client*>(opaque);
  const Result<AccessToken> token = client->tokens_();
  std::array<char, kErrorSize> error{};
  if (token) {
    const int64_t expires = token->expires.micros / 1000;
    if (rd_kafka_oauthbearer_set_token(handle, token->value.c_str(), expires, token->principal.c_str(),
                                       nullptr, 0, error.data(),
                                       error.size()) == RD_KAFKA_RESP_ERR_NO_ERROR) {
      log::Debug("kafka-token", "a new token was made", {{"client", rd_kafka_name(handle)}});
      return;
    }
  }
  const std::string why = token ? std::string(error.data()) : token.error().message;
  log::Warn("kafka-token-failed", why, {{"client", rd_kafka_name(handle)}});
  client->NoteTrouble(RD_KAFKA_RESP_ERR__AUTHENTICATION, why.c_str());
  rd_kafka_oauthbearer_set_token_failure(handle, why.c_str());
}

}  // namespace ntsp::kafka
