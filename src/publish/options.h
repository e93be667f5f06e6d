// Settings of stage 1 as it uses them: already checked, no text left to parse.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "kafka/client_config.h"
#include "model/column.h"
#include "normalize/mapping_file.h"

namespace ntsp::publish {

// How records stand in a Kafka value. ClickHouse's JSONEachRow and the archive stage read all three.
enum class Framing {
  kArray,   // a JSON array of records
  kLines,   // one JSON object a line
  kRecord,  // one record a message
};

enum class Delivery {
  kExactlyOnce,  // transactions: records, dead letters and the group's position become visible together
  kAtLeastOnce,  // for brokers without transactions: a crash repeats at most one commit interval
};

struct Topics {
  std::string raw = "network-data";
  std::string node = "node-data";
  std::string interface = "interface-data";
  std::string address = "address-data";
  std::string dead_letter = "network-data-dlq";

  const std::string& Of(Table table) const {
    switch (table) {
      case Table::kNode:
        return node;
      case Table::kInterface:
        return interface;
      case Table::kAddress:
        return address;
    }
    return node;
  }
};

// What to tell people of the network besides.
struct WatchOptions {
  std::optional<std::chrono::seconds> interface_down_after;  // absent: interfaces are not watched
  uint64_t node_silent_intervals = 0;                        // 0: nodes are not watched
};

struct Options {
  Topics topics;
  std::string group = "telemetry-processor";
  // Part of the transactional id: the same after a restart, different in every replica.
  std::string instance_id = "ntsp";
  int workers = 1;
  Framing framing = Framing::kArray;
  Delivery delivery = Delivery::kExactlyOnce;
  size_t max_message_bytes = 1'000'000;  // of an output message, before compression
  bool keep_extra = true;
  bool node_records_always = true;
  std::shared_ptr<const normalize::Mapping> mapping;  // null: the built-in path table alone
  bool create_topics = true;

  // A batch, and with it a transaction, ends at whichever comes first.
  std::chrono::milliseconds commit_interval{250};
  size_t batch_records = 50'000;
  size_t batch_bytes = 16 * 1024 * 1024;  // of raw messages and of output, together

  // Of each worker: what may be fetched ahead, and what may wait to be acknowledged.
  size_t fetch_kilobytes = 16'384;
  size_t send_kilobytes = 32'768;

  // Pause after an aborted batch; doubled by each further one, up to the longest.
  std::chrono::milliseconds first_pause{50};
  std::chrono::milliseconds longest_pause{10'000};
  // How often a batch may be refused before its messages are tried one by one.
  int tries_before_isolation = 3;

  // How long a partition may stand still with messages to read; zero: for ever.
  std::chrono::seconds stuck_after{120};

  WatchOptions watch;

  kafka::ClientConfig client;
};

// "ntsp-<group>-<INSTANCE_ID>-<n>": stable over restarts, so that the broker ends what a killed process left
// open.
inline std::string TransactionalId(const Options& options, int worker) {
  return "ntsp-" + options.group + "-" + options.instance_id + "-" + std::to_string(worker);
}

}  // namespace ntsp::publish
