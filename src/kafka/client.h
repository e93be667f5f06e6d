// What all Kafka clients of the program have in common: the settings they start from, and how their log
// lines, errors and sockets are watched. Only for .cc files of this folder.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "kafka/client_config.h"
#include "kafka/handles.h"
#include "kafka/statistics.h"
#include "kafka/trouble.h"

namespace ntsp::kafka {

using Properties = std::vector<std::pair<const char*, std::string>>;

// The order of strength: `defaults`, then the person's properties, then `fixed`, which carry the promises.
// kStop, naming the property, if librdkafka does not take one.
Result<ConfHandle> MakeConf(const ClientConfig& config, const Properties& defaults, const Properties& fixed);

// One librdkafka client. It is the opaque of its callbacks, so it does not move. The callbacks that
// librdkafka runs in its own threads touch only what is atomic or under the mutex.
class Client {
 public:
  Client() = default;
  virtual ~Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Starts the client. `conf` may have further callbacks; their opaque is this Client. `tokens`, if given,
  // is called by a thread of librdkafka. kStop with librdkafka's words.
  Result<void> Start(rd_kafka_type_t type, ConfHandle conf, TokenSource tokens = {});
  void Destroy() { handle_.reset(); }
  rd_kafka_t* get() const { return handle_.get(); }

  // To be called each few seconds, in the thread that polls; call it before Start. Each of the statistics
  // waits in memory for the next poll.
  Result<void> ListenToStatistics(rd_kafka_conf_t* conf, StatisticsListener listener);

  // Calls the callbacks for what happened meanwhile; never blocks.
  void ServeEvents() { rd_kafka_poll(handle_.get(), 0); }

  // Rises whenever a connection ends for whatever reason. If it has not risen during a request, the request
  // was sent once and answered, and no copy of it can arrive at the broker later. It is a surer sign than the
  // error callback, which leaves out repeated errors and is served only by a poll.
  uint64_t connections_lost() const { return connections_lost_.load(); }

  // The most telling of the troubles heard since the last call, and forgets it; no error and an empty text if
  // there was none.
  Trouble TakeTrouble();
  Trouble trouble() const;
  // What it means for a person, and what to do; empty if there is nothing to say beyond librdkafka's text.
  std::string Explained(const Trouble& trouble) const { return Explain(trouble, security_); }
  // Brokers and this client do not accept each other: "<what> failed: …" with what to do, kRetry. Forgets it;
  // nothing if there is no such trouble.
  std::optional<Error> TakeRefusal(const std::string& what);

 private:
  static void OnLog(const rd_kafka_t* handle, int level, const char* facility, const char* text);
  static void OnError(rd_kafka_t* handle, int code, const char* reason, void* opaque);
  static int OnStatistics(rd_kafka_t* handle, char* json, size_t size, void* opaque);
  static int OnSocket(int domain, int type, int protocol, void* opaque);
  static int OnCloseSocket(int socket, void* opaque);
  static int OnCertificate(rd_kafka_t* handle, const char* broker, int32_t id, int* x509_error, int depth,
                           const char* der, size_t size, char* error, size_t error_size, void* opaque);
  static void OnTokenRefresh(rd_kafka_t* handle, const char* config, void* opaque);

  void NoteTrouble(rd_kafka_resp_err_t code, const char* reason);
  Result<void> Create(rd_kafka_type_t type, ConfHandle conf);

  StatisticsListener on_statistics_;
  std::atomic<uint64_t> connections_lost_{0};
  Security security_;   // constant after Start
  TokenSource tokens_;  // constant after Start
  mutable std::mutex mutex_;
  Trouble trouble_;      // guarded by mutex_
  ClientHandle handle_;  // last: its end still calls back
};

}  // namespace ntsp::kafka
